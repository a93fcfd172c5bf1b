import Shared
import SwiftUI

/// What there is of money: own homes, rounds, bill runs, the books.
struct MoneyScreen: View {
    @Environment(\.look) private var look
    /// The bill run that is open.
    @State private var run: String?
    @State private var typed = ""
    /// The homes that are looked for, once it was typed to an end.
    @State private var find: String?
    let at: At

    var body: some View {
        let money = at.linli.money.now
        let rounds = money.rounds.filter(\.own) + money.rounds.filter { !$0.own }
        let lists = [money.homes.isEmpty, rounds.isEmpty, money.runs.isEmpty, money.books.isEmpty]
        let isEmpty = lists.allSatisfy { $0 } && money.actions.isEmpty && !money.finds
        Page(at, look.say(.moneyTitle)) {
            // Until it was read once, nothing is known to be empty.
            if isEmpty && money.version > 0 { Empty(symbol: Sign.money.symbol, text: look.say(.moneyNothing)) }
            if !money.tasks.isEmpty {
                Section {
                    ForEach(money.tasks, id: \.id) { BookRows(at: at, row: $0, symbol: Sign.late.symbol) }
                }
            }
            if !money.homes.isEmpty {
                Section {
                    ForEach(money.homes, id: \.unit) { OwnHome(at: at, home: $0) }
                }
            }
            if money.finds { found(money) }
            if !rounds.isEmpty {
                Part(look.say(.moneyRounds), count: "\(rounds.count)") {
                    ForEach(rounds, id: \.id) { RoundRow(at: at, line: $0) }
                }
            }
            if !money.runs.isEmpty {
                Part(look.say(.moneyRuns), count: "\(money.runs.count)") {
                    ForEach(money.runs, id: \.id) { line in
                        RunRows(at: at, line: line, isOpen: run == line.id) { run = run == line.id ? nil : line.id }
                    }
                }
            }
            if !money.books.isEmpty {
                Part(look.say(.moneyBooks)) {
                    ForEach(money.books, id: \.id) { BookRows(at: at, row: $0, symbol: "book.closed") }
                }
            }
            if !money.actions.isEmpty {
                Section { Doings(at: at, actions: money.actions, subject: money.subject) }
            }
        } bottom: {
            GhostButton(look.say(.moneyScan), "qrcode.viewfinder") {
                Task { at.open(.scanReceipt(text: await at.tools.scanQr())) }
            }
        }
        .showsMoney(at, run: run, find: find)
        .task(id: typed) {
            guard typed != find ?? "", (try? await Task.sleep(for: searchPause)) != nil else { return }
            find = typed.isEmpty ? nil : typed
        }
    }

    /// Any home is found by what is on its door, and how much it owes stands beside it.
    private func found(_ money: Money) -> some View {
        Section {
            Field(look.say(.moneyFind), text: $typed)
            ForEach(money.found, id: \.value) { home in
                Line(home.value, "house", end: home.text, act: { at.open(.homeMoney(unit: home.value, round: nil)) })
            }
            if let text = money.foundText { Say(text, \.quiet, \.textQuiet).onCard() }
        }
    }
}

private struct OwnHome: View {
    @Environment(\.look) private var look
    let at: At
    let home: HomeMoney

    var body: some View {
        let open: @MainActor () -> Void = { at.open(.homeMoney(unit: home.unit, round: nil)) }
        Line("\(look.say(.moneyOwn)) \(home.unit)", "house", act: open) {
            if home.owedFen > 0 { Say(home.owedText, \.figureLarge) } else { Say(home.owedSaid) }
            ForEach([home.creditText, home.twiceText].compactMap { $0 }, id: \.self) { Say($0, \.quiet) }
        }
    }
}

private struct RoundRow: View {
    let at: At
    let line: RoundLine

    var body: some View {
        Line(line.placeText, Sign.walk.symbol, act: { at.open(.round(id: line.id)) }) {
            Say("\(line.whoText) · \(line.daysText)", \.quiet, \.textQuiet)
            Say(line.paidText, \.quiet)
            StatusChip(chip: line.chip)
        }
    }
}

/// A bill run, opened where it stands: whether it recomputes, and what its stairs are billed; there it can be
/// taken back.
private struct RunRows: View {
    let at: At
    let line: RunLine
    let isOpen: Bool
    let toggle: @MainActor () -> Void

    var body: some View {
        Line(line.title, Sign.calendar.symbol, end: line.totalText, act: toggle) {
            Say(line.text, \.quiet, \.textQuiet)
            if let chip = line.withdrawalChip { StatusChip(chip: chip) }
            ForEach(line.notes, id: \.self) { Say($0, \.quiet) }
            if isOpen, let chip = line.chip { StatusChip(chip: chip) }
        }
        if isOpen {
            ForEach(line.stairs, id: \.text) { Line($0.text, nil, end: $0.value) }
            Doings(at: at, actions: line.actions, subject: line.subject)
        }
    }
}
