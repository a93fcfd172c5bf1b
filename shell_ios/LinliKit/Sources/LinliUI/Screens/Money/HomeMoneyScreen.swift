import Shared
import SwiftUI

/// The money of a home; on a round, what is done at its door.
struct HomeMoneyScreen: View {
    @Environment(\.look) private var look
    /// The receipt whose code is shown.
    @State private var shown: String?
    let at: At
    let unit: String
    let round: String?

    var body: some View {
        let money = at.linli.money.now
        let home = money.home.flatMap { $0.unit == unit ? $0 : nil }
        let fresh = shown == nil ? home?.fresh : nil
        Page(at, "\(look.say(round == nil ? .moneyTitle : .moneyDoor)) \(unit)") {
            if let fresh { Section { CodeCard(code: fresh) } }
            if let home {
                Section { Head(at: at, home: home, door: door) }
                bills(home)
                papers(home, money.receipt)
                Section {
                    ForEach(Array(home.refused.enumerated()), id: \.offset) { _, why in
                        Say("\(look.say(.detailRefused)): \(why)", \.quiet, \.bad).onCard()
                    }
                    if let door, fresh == nil { Doings(at: at, actions: door.actions, subject: door.subject) }
                    Doings(
                        at: at, actions: home.actions.filter { $0.word != collectWord }, subject: home.subject)
                }
            }
        } bottom: {
            let collect = home?.actions.first { $0.word == collectWord }
            let isDone = fresh != nil && next != nil
            if let collect {
                if isDone {
                    GhostButton(collect.text) { take() }
                } else {
                    MainButton(collect.text, Sign.money.symbol) { take() }
                }
            }
            if let next {
                if isDone {
                    MainButton(nextText(next)) { go(next) }
                } else {
                    GhostButton(nextText(next)) { go(next) }
                }
            }
        }
        .showsMoney(at, home: unit, round: round, receipt: shown)
        // The next door may be shown by the same page.
        .onChange(of: unit) { shown = nil }
    }

    private var doors: [DoorLine] {
        at.linli.money.now.round.flatMap { $0.line.id == round ? $0.doors : nil } ?? []
    }

    private var door: DoorLine? { doors.first { $0.unit == unit } }

    /// The door after this one, in the order of the round.
    private var next: DoorLine? { doors.drop { $0.unit != unit }.dropFirst().first }

    private func nextText(_ door: DoorLine) -> String { "\(look.say(.moneyNextDoor)) \(door.unit)" }

    private func go(_ door: DoorLine) {
        if let round { at.openDoor(door.unit, of: round) }
    }

    private func take() {
        // What is written next is shown, and no older one.
        shown = nil
        at.open(.collect(unit: unit, round: round))
    }

    private func bills(_ home: HomeMoney) -> some View {
        Part(look.say(.moneyBills), count: home.bills.isEmpty ? "" : "\(home.bills.count)") {
            if home.bills.isEmpty { Say(look.say(.moneyNoBills), \.quiet, \.textQuiet).onCard() }
            ForEach(home.bills, id: \.id) { BillRows(bill: $0) }
        }
    }

    private func papers(_ home: HomeMoney, _ receipt: ReceiptCode?) -> some View {
        Part(look.say(.moneyPapers), count: home.papers.isEmpty ? "" : "\(home.papers.count)") {
            if home.papers.isEmpty { Say(look.say(.moneyNoPapers), \.quiet, \.textQuiet).onCard() }
            ForEach(home.papers, id: \.id) { paper in
                let isShown = shown == paper.id
                PaperRows(at: at, paper: paper, code: isShown && receipt?.id == paper.id ? receipt : nil) {
                    shown = isShown ? nil : paper.id
                }
            }
        }
    }
}

/// What a home owes, in figures that are read at arm's length.
private struct Head: View {
    @Environment(\.look) private var look
    let at: At
    let home: HomeMoney
    let door: DoorLine?

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            Beside {
                DoorPlate(text: home.unit, own: true)
                if let door { StatusChip(chip: door.chip) }
            }
            if home.owedFen > 0 { Sum(text: home.owedText) } else { Say(home.owedSaid, \.title) }
            ForEach(more, id: \.self) { Say($0) }
            if let twice = home.twiceText {
                HStack(alignment: .top, spacing: Space.s) {
                    Symbol(name: Sign.versions.symbol, ink: \.conflict)
                    Say(twice, \.bodyStrong, \.conflict)
                }
            }
        }
        .accessibilityElement(children: .combine).onCard()
        QuietButton(look.say(.moneyReadAloud), "speaker.wave.2") { at.tools.speak(home.owedSaid) }.onCard()
    }

    private var more: [String] {
        let note = door.flatMap { $0.note.isEmpty ? nil : $0.note }
        return [note, home.creditText].compactMap { $0 }
    }
}
