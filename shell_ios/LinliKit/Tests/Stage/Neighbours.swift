import Foundation
import LinliKit
import Shared

/// A stairwell where things happened: what the pages are looked at with.
@MainActor
public struct Neighbours {
    public let community: Community
    public let company: Phone
    public let head: Phone
    public let owner: Phone
    public let fresh: Phone
    public let founding: Phone
    /// What is under way, and what two phones say different things of.
    public let leak: String
    public let door: String
    /// What is billed and collected.
    public let fees: Fees

    public init() async throws {
        community = try await Community()
        company = try community.phone("陈师傅")
        head = try community.phone("王建国")
        owner = try community.phone("李阿姨")
        fresh = try community.phone("新手机")
        founding = try community.phone("方工")
        founding.send(.giveFounderKeys)
        _ = try await until("keys") { [founding] in founding.linli.founding.now.keys }
        try await community.join(company, .company, by: [community.founder])
        try await community.join(head, Terms("head", "building/3"), by: [community.founder])
        try await community.join(owner, Terms("owner", "unit/3-2-501"), by: [community.founder, head])
        leak = try await Self.report(owner, "home/3-2-501", "water", "厨房水管漏水，地上都是水")
        door = try await Self.report(head, "stair/3-2", "door", "单元门关不严")
        for word in ["accept", "grab", "arrive", "start"] { try await Self.act(company, leak, word) }
        try await Self.act(company, door, "accept")
        fees = try await Fees(community.founder, head, company)
        try await quarrel()
        let applicant = try community.phone("新来的")
        applicant.send(.join(invite: try await community.invite(head, Terms("resident", "unit/3-2-602")), name: "赵小雨"))
        _ = try await until("an application") { [head] in
            head.send(.syncNow)
            return head.linli.people.now.applicants.contains { $0.code != nil }.orNil
        }
    }

    /// Two phones without a net say different things.
    private func quarrel() async throws {
        for phone in [company, head] {
            _ = try await until("\(phone.name) sees it accepted") {
                phone.send(.syncNow)
                return phone.linli.repairs.now.rows.contains { $0.id == door && $0.status == "accepted" }.orNil
            }
            try phone.cable.cut()
        }
        company.send(.repair(id: door, action: "refuse", answers: [Answer(word: "text", value: "归厂家修")], draft: nil))
        try await Self.act(head, door, "verify_place")
        for phone in [company, head] { try phone.cable.mend() }
        _ = try await until("two versions") {
            for phone in [company, head] { phone.send(.syncNow) }
            return head.linli.repairs.now.rows.contains { $0.id == door && $0.conflict }.orNil
        }
    }

    private static func report(_ by: Phone, _ place: String, _ kind: String, _ text: String) async throws -> String {
        let report = Report(place: place, class: kind, text: text, onBehalf: nil, slots: [], target: nil)
        by.send(.report(report: report, draft: nil))
        return try await until("reported: \(text)") {
            by.linli.repairs.now.rows.first { text.hasPrefix($0.excerpt.prefix(6)) }?.id
        }
    }

    private static func act(_ by: Phone, _ id: String, _ word: String) async throws {
        by.send(.detail(id: id))
        let action = try await until("\(by.name) may \(word)") { () -> Action? in
            by.send(.syncNow)
            let detail = by.linli.detail.now
            return detail?.line.id == id ? detail?.actions.first { $0.word == word } : nil
        }
        let answers = action.asks.filter { !$0.optional }.map {
            Answer(word: $0.word, value: $0.choices.first?.value ?? "一会儿就到")
        }
        by.send(.repair(id: id, action: word, answers: answers, draft: nil))
        _ = try await until("\(word) is handed over") {
            let frame = by.linli.frame.now
            return (frame.undoUntilMs == nil && frame.unsent == 0 && !frame.syncWaits).orNil
        }
    }
}
