import Shared
import SwiftUI

/// The action that has a page of its own, with keys for the sum.
let collectWord = "collect"

/// The word of what notes are counted for.
let notesWord = "notes"

/// The word of a sum that is asked for.
let sumWord = "sum"

extension View {
    /// Money is told while one of its pages is looked at, as much of it as the page shows.
    func showsMoney(
        _ at: At, home: String? = nil, round: String? = nil, run: String? = nil, receipt: String? = nil,
        scanned: String? = nil, book: String? = nil, find: String? = nil
    ) -> some View {
        let show: @MainActor () -> Void = {
            at.send(
                .showMoney(
                    home: home, round: round, run: run, receipt: receipt, scanned: scanned, book: book,
                    find: find))
        }
        return onAppear { show() }
            .onChange(of: [home, round, run, receipt, scanned, book, find]) { show() }
            // A page that another one covers comes back, and shows then what it did.
            .onDisappear { if !at.pages.isOnMoney { at.send(.hideMoney) } }
    }
}

extension At {
    /// Does what an action says, or asks first what it asks for.
    func take(_ action: Action, _ subject: String, round: String? = nil) {
        if action.asks.isEmpty {
            send(.moneyAct(subject: subject, action: action.word, answers: [], draft: nil))
        } else if let round, action.asks.contains(where: { $0.word == notesWord }) {
            open(.count(subject: subject, action: action.word, round: round))
        } else {
            open(.moneyAct(subject: subject, action: action.word))
        }
    }

    /// Opens a door of a round; it is found again after a kill.
    func openDoor(_ unit: String, of round: String) {
        send(.keepDraft(name: "round/\(round)", text: unit))
        open(.homeMoney(unit: unit, round: round))
    }
}

/// Buttons for what may be done.
struct Doings: View {
    let at: At
    let actions: [Action]
    let subject: String
    var round: String?

    var body: some View {
        ForEach(actions, id: \.word) { action in
            GhostButton(action.text) { at.take(action, subject, round: round) }.onCard()
        }
    }
}

/// What an action about money asks for.
struct MoneyAct: View {
    let at: At
    let subject: String
    let word: String

    var body: some View {
        let action = at.linli.money.now.actions(about: subject).first { $0.word == word }
        ActScreen(at: at, action: action, name: "act/\(subject)/\(word)") {
            at.send(.moneyAct(subject: subject, action: word, answers: $0, draft: $1))
        }
    }
}

extension Money {
    /// What may be done with something that is shown.
    func actions(about subject: String) -> [Action] {
        var all = [(self.subject, actions)] + runs.map { ($0.subject, $0.actions) }
        if let home {
            all.append((home.subject, home.actions))
            all += home.papers.map { ($0.subject, $0.actions) }
        }
        if let round {
            all.append((round.subject, round.actions))
            all += round.doors.map { ($0.subject, $0.actions) }
            all += round.counts.map { ($0.subject, $0.actions) }
        }
        if let book {
            all.append((book.subject, book.actions))
            all += book.parts.flatMap(\.rows).map { ($0.subject, $0.actions) }
        }
        return all.first { $0.0 == subject }?.1 ?? []
    }
}
