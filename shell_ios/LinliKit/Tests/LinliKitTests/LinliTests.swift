import Foundation
@testable import LinliKit
import Observation
import Shared
import Stage
import Testing

/// The border to the core, as the screens meet it.
@MainActor
@Suite(.serialized)
struct LinliTests {
    @Test func aThousandEventsAreToldTogether() async throws {
        let community = try await Community()
        defer { community.close() }
        let phone = community.founder
        let told = Count()
        told.follow(phone.linli.drafts)
        for number in 1...1_000 { phone.send(.keepDraft(name: "report", text: "\(number)")) }
        _ = try await until("the last one") {
            phone.linli.drafts.now.drafts.contains { $0.name == "report" && $0.text == "1000" }.orNil
        }
        print("1,000 events were told \(told.times) times")
        #expect(told.times > 0)
        #expect(told.times < 500, "told \(told.times) times")
    }

    @Test func readingKeepsNoMemory() async throws {
        let community = try await Community()
        defer { community.close() }
        let linli = community.founder.linli!
        await read(linli, 250)
        let before = try memory()
        await read(linli, 1_250)
        let grown = try memory() - before
        #expect(grown < 4 << 20, "grown by \(grown) bytes")
    }

    @Test func anIdThatIsNoneIsRefused() async throws {
        let phone = try await Community().founder
        #expect(throws: LinliError.self) { try phone.linli.dispatch(.detail(id: "no id")) }
    }

    @Test func whatTheCoreAsksIsCarriedOut() async throws {
        let community = try await Community()
        defer { community.close() }
        let phone = community.founder
        _ = try await community.invite(phone, Terms("head", "building/3"))
        phone.send(.shareInvitation)
        _ = try await until("asked") { phone.platform.asked.first }
        guard case .share(let text) = phone.platform.asked[0] else {
            Issue.record("asked \(phone.platform.asked[0])")
            return
        }
        #expect(text.contains("linli:"))
    }

    @Test func aRoundEndsAndTellsHow() async throws {
        let community = try await Community()
        defer { community.close() }
        let phone = community.founder
        #expect(await phone.linli.round())
        try phone.cable.cut()
        #expect(await !phone.linli.round())
    }

    @Test func aFolderThatIsNoneIsTold() throws {
        let file = try Place.freshFolder().appendingPathComponent("file")
        try Data().write(to: file)
        let config = Config(folder: file.path, platformKey: nil, relay: nil, undoMs: nil)
        #expect(throws: LinliError.self) { try Linli(config: config, platform: Obliging()) }
    }

    /// Reads each of the slices so often.
    private func read(_ linli: Linli, _ times: Int) async {
        for _ in 0..<times {
            linli.refresh(.max)
            await Task.yield()
        }
    }

    /// Bytes that the process holds.
    private func memory() throws -> Int {
        let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")[1]
        return Int(pages)! * 4_096
    }
}

/// How often a slice told that it moved.
@MainActor
private final class Count {
    private(set) var times = 0

    func follow<Shown>(_ slice: Slice<Shown>) {
        withObservationTracking {
            _ = slice.now
        } onChange: {
            MainActor.assumeIsolated { self.times += 1 }
            // It is told before the value is there.
            Task { @MainActor in self.follow(slice) }
        }
    }
}
