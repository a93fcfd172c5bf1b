import Foundation
import LinliKit
import Shared

/// Homes are billed, a head walks a round of them, and one receipt was given at a door.
@MainActor
public struct Fees {
    public static let door = "3-2-501"
    public let id: String
    /// What an act about the receipt's home is sent for.
    public let home: String
    /// The count that waits for the company.
    public let count: String

    /// Who decides sets a tariff, the company bills and gives out the round.
    public init(_ founder: Phone, _ company: Phone, _ head: Phone) async throws {
        let tariff = "[[charge]]\nname = \"物业费\"\nkind = \"area\"\nrate = 2.35\n"
        try await Self.act(founder, "tariff", [Answer(word: "tariff", value: tariff)])
        try await Self.act(company, "bill")
        try await Self.act(company, "open_round")
        id = try await until("a round") {
            head.send(.syncNow)
            head.send(.showMoney(home: nil, round: nil, run: nil, receipt: nil, scanned: nil))
            return head.linli.money.now.rounds.first?.id
        }
        home = try await Self.collect(head, Self.door, id, "200")
        try await Self.show(head, id) { $0.actions.contains { $0.word == "count" } }
        let subject = head.linli.money.now.round!.subject
        head.send(
            .moneyAct(
                subject: subject, action: "count", answers: [Answer(word: "notes", value: "10000x2")], draft: nil))
        try await Self.show(head, id) { !$0.counts.isEmpty }
        let id = id
        count = try await until("a count to take over") {
            for phone in [head, company] { phone.send(.syncNow) }
            company.send(.showMoney(home: nil, round: id, run: nil, receipt: nil, scanned: nil))
            return company.linli.money.now.round?.counts.first { !$0.actions.isEmpty }?.subject
        }
        // Somebody has cash in the hand.
        _ = try await Self.collect(head, "3-2-502", id, "10.02")
    }

    /// Does what concerns all homes, with what comes first to choose.
    private static func act(_ by: Phone, _ word: String, _ typed: [Answer] = []) async throws {
        let action = try await until("\(by.name) may \(word)") {
            by.send(.syncNow)
            by.send(.showMoney(home: nil, round: nil, run: nil, receipt: nil, scanned: nil))
            return by.linli.money.now.actions.first { $0.word == word }
        }
        let asks = action.asks.filter { !$0.optional && !$0.choices.isEmpty }
        let answers = asks.map { ask in
            // The head, where somebody is chosen.
            let choice = ask.choices.first { $0.text.contains("楼长") } ?? ask.choices[0]
            return Answer(word: ask.word, value: choice.value)
        }
        by.send(
            .moneyAct(subject: by.linli.money.now.subject, action: word, answers: typed + answers, draft: nil))
        try await Task.sleep(for: .milliseconds(500))
        print(by.name, word, by.linli.frame.now.toast ?? "-", by.linli.frame.now.unsent)
    }

    private static func collect(_ by: Phone, _ unit: String, _ round: String, _ sum: String) async throws -> String {
        let before = by.linli.money.now.home?.fresh?.id
        let subject = try await until("\(by.name) may collect at \(unit)") { () -> String? in
            by.send(.showMoney(home: unit, round: round, run: nil, receipt: nil, scanned: nil))
            let home = by.linli.money.now.home
            return home?.unit == unit && home?.actions.first?.word == "collect" && home?.owedFen ?? 0 > 0
                ? home?.subject : nil
        }
        by.send(
            .moneyAct(
                subject: subject, action: "collect", answers: [Answer(word: "sum", value: sum)], draft: nil))
        _ = try await until("a receipt") {
            let home = by.linli.money.now.home
            return (home?.unit == unit && home?.fresh != nil && home?.fresh?.id != before).orNil
        }
        return subject
    }

    private static func show(_ phone: Phone, _ round: String, _ fits: (RoundDetail) -> Bool) async throws {
        phone.send(.showMoney(home: nil, round: round, run: nil, receipt: nil, scanned: nil))
        _ = try await until("the round") {
            (phone.linli.money.now.round.map { $0.line.id == round && fits($0) } ?? false).orNil
        }
    }
}
