import Shared
import SwiftUI

/// Most digits of how many notes of a kind there are: no hand holds a million.
private let piecesDigits = 6

/// Nothing but figures counts; those of a full-width keyboard do.
private let figures = "0123456789０１２３４５６７８９"

/// How many notes of each kind, as they were typed.
private struct Pieces: Equatable {
    private var typed: [String: String] = [:]

    init(_ text: String = "") {
        for one in text.split(separator: " ") {
            let parts = one.split(separator: "x").map(String.init)
            if parts.count == 2 { typed[parts[0]] = parts[1] }
        }
    }

    subscript(worth: String) -> String {
        get { typed[worth, default: ""] }
        set {
            let digits = newValue.filter { figures.contains($0) }.compactMap(\.wholeNumberValue)
            typed[worth] = digits.prefix(piecesDigits).map { "\($0)" }.joined()
        }
    }

    /// As the core reads it: `10000x2 1000x1`.
    var text: String {
        typed.filter { !$0.value.isEmpty }.map { "\($0.key)x\($0.value)" }.sorted().joined(separator: " ")
    }
}

/// Cash is counted, note by note.
struct CountScreen: View {
    @Environment(\.look) private var look
    @State private var pieces = Pieces()
    @State private var answered = Answered()
    /// What of it the core was told last, by what is asked: its drafts follow later.
    @State private var told: [String: String] = [:]
    @State private var isGiven = false
    let at: At
    let subject: String
    let word: String
    let round: String

    var body: some View {
        let money = at.linli.money.now
        let action = money.actions(about: subject).first { $0.word == word }
        let notes = action?.asks.first { $0.word == notesWord }?.choices ?? []
        let text = pieces.text
        // Who takes over has not seen the first sum.
        let blind = money.round?.counts.first { $0.subject == subject && $0.countedText == nil }
        let answers = action.map { answered.answers(others($0)) } ?? []
        Page(at, action?.text ?? "") {
            if let action {
                if let blind {
                    Section {
                        VStack(alignment: .leading, spacing: Space.s) {
                            Say(look.say(.moneyBlind), \.bodyStrong)
                            Say(blind.text, \.quiet, \.textQuiet)
                        }
                        .accessibilityElement(children: .combine).bare()
                    }
                }
                Section {
                    ForEach(notes, id: \.value) { note in
                        Field(note.text, text: $pieces[note.value])
                            .keyboardType(.numberPad)
                    }
                }
                Asks(asks: others(action), answered: $answered)
            }
        } bottom: {
            if let tally = money.tallies.first(where: { $0.value == draft }) {
                Say(look.say(.moneyTally(sum: tally.text)), \.figureLarge)
            }
            if let action {
                MainButton(action.text, Sign.check.symbol) {
                    isGiven = true
                    // The draft goes with the count; a refusal leaves it.
                    let all = [Answer(word: notesWord, value: text)] + answers
                    at.send(.moneyAct(subject: subject, action: word, answers: all, draft: draft))
                }
                .disabled(text.isEmpty || isGiven || !others(action).allSatisfy(answered.has))
            }
        }
        .showsMoney(at, round: round)
        .onAppear { pieces = Pieces(at.linli.drafts.now.text(draft)) }
        .onChange(of: text) {
            isGiven = false
            if text != at.linli.drafts.now.text(draft) { at.send(.keepDraft(name: draft, text: text)) }
        }
        .onChange(of: action == nil, initial: true) {
            if let action, told.isEmpty { told = at.find(others(action), beside: draft, &answered) }
        }
        .onChange(of: answers) {
            isGiven = false
            if let action { at.keep(others(action), beside: draft, answered, &told) }
        }
        .onChange(of: at.frame.toast) { isGiven = false }
        // It was counted, or somebody else was faster.
        .onChange(of: action == nil) { if action == nil { at.back() } }
    }

    private var draft: String { "notes/\(subject)" }

    private func others(_ action: Action) -> [AskedFor] { action.asks.filter { $0.word != notesWord } }
}
