import Foundation
import LinliKit
import Shared

/// Homes are billed and rounds of them are walked.
@MainActor
public struct Fees {
    public static let door = "3-2-501"
    private static let tariff = "[[charge]]\nname = \"物业费\"\nkind = \"area\"\nrate = 2.35\n"
    /// The round of the head, with cash in the hand and a count that waits for the company.
    public let round: String
    public let count: String
    /// The page of works that the company plans.
    public let project: String

    /// The head takes money at two doors and counted what the first one gave.
    public init(_ founder: Phone, _ head: Phone, _ company: Phone) async throws {
        try await Self.bill(founder)
        let round = try await until("a round of one's own") {
            head.send(.syncNow)
            Self.show(head)
            return head.linli.money.now.rounds.first(where: \.own)?.id
        }
        self.round = round
        try await Self.collect(head, Self.door, round, "200")
        let subject = try await until("cash to count") { () -> String? in
            Self.show(head, round: round)
            let detail = head.linli.money.now.round
            return detail?.actions.isEmpty ?? true ? nil : detail?.subject
        }
        let notes = [Answer(word: "notes", value: "10000x2")]
        head.send(.moneyAct(subject: subject, action: "count", answers: notes, draft: nil))
        count = try await until("a count to take over") {
            for phone in [head, company] { phone.send(.syncNow) }
            Self.show(company, round: round)
            return company.linli.money.now.round?.counts.first { !$0.actions.isEmpty }?.subject
        }
        try await Self.collect(head, "3-2-502", round, "10.02")
        project = try await Self.plan(company, "更换水泵")
        _ = try await until("all is handed over") {
            head.send(.syncNow)
            return (head.linli.frame.now.unsent == 0 && !head.linli.frame.now.syncWaits).orNil
        }
    }

    /// There is a tariff, this month is billed, and whoever can collect has a round.
    public static func bill(_ founder: Phone) async throws {
        let money = { founder.linli.money.now }
        let act: (String, [Answer]) -> Void = {
            founder.send(.moneyAct(subject: money().subject, action: $0, answers: $1, draft: nil))
        }
        let first: (Action, String) -> Answer = { action, word in
            Answer(word: word, value: action.asks.first { $0.word == word }!.choices[0].value)
        }
        let may: (String) async throws -> Action = { word in
            try await until("may \(word)") { money().actions.first { $0.word == word } }
        }
        show(founder)
        _ = try await may("tariff")
        act("tariff", [Answer(word: "tariff", value: tariff)])
        let bill = try await may("bill")
        act("bill", [first(bill, "months"), first(bill, "due")])
        _ = try await until("homes are billed") { (!money().runs.isEmpty).orNil }
        let give = try await may("open_round")
        let collectors = give.asks.first { $0.word == "collector" }!.choices
        for (number, collector) in collectors.enumerated() {
            act("open_round", [Answer(word: "collector", value: collector.value), first(give, "until")])
            _ = try await until("a round for \(collector.text)") { (money().rounds.count > number).orNil }
        }
        founder.send(.hideMoney)
    }

    /// Works are planned for all; returns their page.
    public static func plan(_ by: Phone, _ purpose: String) async throws -> String {
        show(by, book: "fund")
        let fund = { by.linli.money.now.book.flatMap { $0.name == "fund" ? $0 : nil } }
        let (subject, action) = try await until("\(by.name) may plan") {
            fund().flatMap { book in book.actions.first { $0.word == "plan" }.map { (book.subject, $0) } }
        }
        let place = action.asks.first { $0.word == "place" }!.choices[0].value
        let said = [("text", purpose), ("sum", "1200"), ("place", place)].map { Answer(word: $0.0, value: $0.1) }
        by.send(.moneyAct(subject: subject, action: "plan", answers: said, draft: nil))
        return try await until("works") {
            fund()?.parts.flatMap(\.rows).first { $0.title == purpose }.flatMap(\.opens)
        }
    }

    /// Asks for what a page of money shows.
    public static func show(_ phone: Phone, home: String? = nil, round: String? = nil, book: String? = nil) {
        phone.send(
            .showMoney(home: home, round: round, run: nil, receipt: nil, scanned: nil, book: book, find: nil))
    }

    private static func collect(_ by: Phone, _ unit: String, _ round: String, _ sum: String) async throws {
        show(by, home: unit, round: round)
        let home = { by.linli.money.now.home.flatMap { $0.unit == unit ? $0 : nil } }
        let subject = try await until("\(by.name) may collect at \(unit)") {
            home().flatMap { $0.actions.isEmpty || $0.bills.isEmpty ? nil : $0.subject }
        }
        by.send(
            .moneyAct(subject: subject, action: "collect", answers: [Answer(word: "sum", value: sum)], draft: nil))
        _ = try await until("a receipt") { home()?.fresh }
    }
}
