import Shared
import SwiftUI

/// Words of what is written or pasted at length, and found again: an action asks for one of them.
let longWords: Set = ["text", "decision", "tariff", "homes"]

/// The word of what is photographed.
let photoWord = "photo"

/// Words of what is asked for that is photographed or spoken.
let attachedWords: Set = [photoWord, "mark"]

/// Words of sums and rates: their keys are figures.
private let figureWords: Set = [sumWord, "cost", "to_fund", "to_committee", "late_rate"]

/// What was chosen and typed for what the core asks.
struct Answered: Equatable {
    private var chosen: [String: Set<String>] = [:]
    private var typed: [String: String] = [:]

    subscript(typed ask: AskedFor) -> String {
        get { typed[ask.word, default: ""] }
        set {
            typed[ask.word] = newValue
            if !newValue.isEmpty { chosen[ask.word] = nil }
        }
    }

    func chosen(_ ask: AskedFor) -> Set<String> { chosen[ask.word, default: []] }

    mutating func choose(_ ask: AskedFor, _ value: String) {
        typed[ask.word] = nil
        let before = chosen(ask)
        if before.contains(value) {
            chosen[ask.word] = before.subtracting([value])
        } else {
            chosen[ask.word] = ask.many ? before.union([value]) : [value]
        }
    }

    /// What was said, as it is kept while one goes: what is asked is either chosen or typed.
    func said(_ ask: AskedFor) -> String { chosen(ask).sorted().first ?? self[typed: ask] }

    /// Finds again what was kept; what cannot be chosen any more was not chosen.
    mutating func find(_ kept: String, _ ask: AskedFor) {
        if ask.typed {
            typed[ask.word] = kept
        } else if ask.choices.contains(where: { $0.value == kept }) {
            chosen[ask.word] = [kept]
        }
    }

    func has(_ ask: AskedFor) -> Bool { ask.optional || !self[typed: ask].isBlank || !chosen(ask).isEmpty }

    func answers(_ asks: [AskedFor]) -> [Answer] {
        asks.flatMap { ask in
            let all = chosen(ask).sorted() + [self[typed: ask]].filter { !$0.isBlank }
            return all.map { Answer(word: ask.word, value: $0) }
        }
    }
}

extension String {
    var isBlank: Bool { allSatisfy(\.isWhitespace) }

    var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}

extension At {
    /// Finds again what was said before a kill, each answer in a draft beside that of the page, and tells what it was.
    func find(_ asks: [AskedFor], beside draft: String, _ answered: inout Answered) -> [String: String] {
        var told: [String: String] = [:]
        for ask in asks {
            answered.find(linli.drafts.now.text("\(draft)/\(ask.word)"), ask)
            told[ask.word] = answered.said(ask)
        }
        return told
    }

    /// Keeps what is said at every key and tap, but what the core was told already.
    func keep(_ asks: [AskedFor], beside draft: String, _ answered: Answered, _ told: inout [String: String]) {
        for ask in asks {
            let said = answered.said(ask)
            guard said != told[ask.word, default: ""] else { continue }
            told[ask.word] = said
            send(.keepDraft(name: "\(draft)/\(ask.word)", text: said))
        }
    }
}

/// Each thing that is asked: its choices, and where it can be typed, a field.
struct Asks: View {
    @Environment(\.look) private var look
    let asks: [AskedFor]
    @Binding var answered: Answered

    var body: some View {
        // Where there is nothing to choose from and nothing is typed, nothing can be said.
        ForEach(asks.filter { $0.typed || !$0.choices.isEmpty }, id: \.word) { ask in
            let optional = ask.optional ? look.say(.askOptional) : ""
            if ask.choices.isEmpty {
                Section { field(ask, optional) }
            } else {
                Part(ask.text, count: optional) {
                    Options(choices: ask.choices, chosen: answered.chosen(ask)) { answered.choose(ask, $0) }
                    field(ask, optional)
                }
            }
        }
    }

    @ViewBuilder
    private func field(_ ask: AskedFor, _ optional: String) -> some View {
        if ask.typed {
            let label = ask.optional ? "\(ask.text) · \(optional)" : ask.text
            Field(label, lines: longWords.contains(ask.word) ? 3 : 1, text: $answered[typed: ask])
                .keyboardType(figureWords.contains(ask.word) ? .decimalPad : .default)
        }
    }
}
