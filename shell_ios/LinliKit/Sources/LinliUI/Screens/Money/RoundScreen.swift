import Shared
import SwiftUI

/// A round from door to door, and what became of the cash.
struct RoundScreen: View {
    @Environment(\.look) private var look
    let at: At
    let id: String

    var body: some View {
        let round = at.linli.money.now.round.flatMap { $0.line.id == id ? $0 : nil }
        let line = round?.line ?? at.linli.money.now.rounds.first { $0.id == id }
        Page(at, line?.placeText ?? look.say(.moneyRounds)) {
            if let round { content(round) }
        } bottom: {
            if let round { main(round) }
        }
        .showsMoney(at, round: id)
    }

    @ViewBuilder
    private func content(_ round: RoundDetail) -> some View {
        Section { Head(round: round) }
        // What waits for somebody to take it over stands before the doors: it is what they came for.
        counts(round.counts.filter { $0.takenText == nil })
        if round.doors.isEmpty {
            Section { Say(round.line.paidText).onCard() }
        } else {
            Part(look.say(.moneyDoors), count: "\(round.doors.count)") {
                Say(round.line.paidText).onCard()
            }
        }
        ForEach(stairs(round.doors), id: \.self) { stair in
            Part(stair) {
                ForEach(round.doors.filter { $0.stairText == stair }, id: \.unit) { door in
                    DoorRow(door: door) { at.openDoor(door.unit, of: id) }
                }
            }
        }
        counts(round.counts.filter { $0.takenText != nil })
    }

    @ViewBuilder
    private func counts(_ counts: [CountCard]) -> some View {
        if !counts.isEmpty {
            Part(look.say(.moneyCounts), count: "\(counts.count)") {
                ForEach(counts, id: \.id) { count in
                    CountRow(count: count)
                    Doings(at: at, actions: count.actions, subject: count.subject, round: id)
                }
            }
        }
    }

    /// The stairs, each where its first door stands.
    private func stairs(_ doors: [DoorLine]) -> [String] {
        doors.map(\.stairText).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Where somebody was interrupted, they go on; the cash is counted when the doors are done.
    @ViewBuilder
    private func main(_ round: RoundDetail) -> some View {
        ForEach(round.actions, id: \.word) { action in
            if round.at == nil && action.main {
                MainButton(action.text, Sign.money.symbol) { at.take(action, round.subject, round: id) }
            } else {
                GhostButton(action.text) { at.take(action, round.subject, round: id) }
            }
        }
        if let door = round.at {
            MainButton("\(look.say(.moneyDoor)) \(door)", Sign.walk.symbol) { at.openDoor(door, of: id) }
        }
    }
}

private struct Head: View {
    let round: RoundDetail

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            Say("\(round.line.whoText) · \(round.line.daysText)", \.quiet, \.textQuiet)
            StatusChip(chip: round.line.chip)
            if let due = round.countDueText { Say(due) }
            ForEach(round.notes, id: \.self) { Say($0) }
        }
        .accessibilityElement(children: .combine).onCard()
    }
}

private struct DoorRow: View {
    let door: DoorLine
    let open: @MainActor () -> Void

    var body: some View {
        Line(door.unit, Sign.door.symbol, end: door.owedText, act: open) {
            StatusChip(chip: door.chip)
            if !door.note.isEmpty { Say(door.note, \.quiet, \.textQuiet) }
        }
    }
}

private struct CountRow: View {
    let count: CountCard

    var body: some View {
        VStack(alignment: .leading, spacing: Space.xs) {
            Say(count.text, \.bodyStrong)
            ForEach(more, id: \.self) { Say($0) }
            StatusChip(chip: count.chip)
        }
        .accessibilityElement(children: .combine).onCard()
    }

    private var more: [String] {
        let first = [count.expectedText, count.countedText, count.differenceText]
        return first.compactMap { $0 } + count.recountTexts + [count.takenText, count.bankedText].compactMap { $0 }
    }
}
