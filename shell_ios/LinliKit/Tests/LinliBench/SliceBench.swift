import Foundation
import LinliKit
import Shared
import Stage
import Testing

/// What a slice costs across the border; a figure, and no test: `test.sh bench`.
@MainActor
@Suite
struct SliceBench {
    private let calls = 500

    @Test func costOfEachSlice() async throws {
        let community = try await Community()
        defer { community.close() }
        let head = try community.phone("王建国")
        try await community.join(head, Terms("head", "building/3"), by: [community.founder])
        for number in 1...60 {
            let report = Report(
                place: "stair/3-2", class: "lighting", text: "楼道灯不亮 \(number)", onBehalf: nil, slots: [],
                target: nil)
            head.send(.report(report: report, draft: nil))
        }
        let rows = try await until("sixty reports", seconds: 120) {
            let rows = head.linli.repairs.now.rows
            return rows.count == 60 ? rows : nil
        }
        head.send(.detail(id: rows[0].id))
        _ = try await until("one is open") { head.linli.detail.now }
        let linli = head.linli!
        cost("frame", linli.frame)
        cost("repairs, 60 rows", linli.repairs)
        cost("detail", linli.detail)
        cost("people", linli.people)
        cost("attention, 60 rows", linli.attention)
        cost("drafts", linli.drafts)
        cost("sending", linli.sending)
    }

    private func cost<Shown>(_ name: String, _ slice: Slice<Shown>) {
        let rounds = (0..<7).map { _ in time(slice) }.sorted()
        let figures = [rounds[3], rounds[0], rounds[6]].map { String(format: "%.1f", $0) }
        print("\(name): \(figures[0]) µs (\(figures[1]) to \(figures[2]))")
    }

    private func time<Shown>(_ slice: Slice<Shown>) -> Double {
        let took = ContinuousClock().measure { for _ in 0..<calls { slice.refresh(.max) } }
        return Double(took.components.attoseconds) / 1e12 / Double(calls)
            + Double(took.components.seconds) * 1e6 / Double(calls)
    }
}
