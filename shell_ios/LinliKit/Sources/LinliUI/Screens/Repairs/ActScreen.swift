import Shared
import SwiftUI

/// What an action of a repair asks for.
struct RepairAct: View {
    let at: At
    let id: String
    let word: String

    var body: some View {
        let detail = at.linli.detail.now.flatMap { $0.line.id == id ? $0 : nil }
        let action = detail?.actions.first { $0.word == word }
        ActScreen(at: at, action: action, name: "act/\(id)/\(word)") {
            at.send(.repair(id: id, action: word, answers: $0, draft: $1))
        }
    }
}

/// What an action asks for: a text, photos, a choice; the core says which, and among what.
struct ActScreen: View {
    @Environment(\.look) private var look
    @State private var answered = Answered()
    @State private var isDone = false
    let at: At
    let action: Action?
    /// The draft that it is typed in.
    let name: String
    /// Sends the answers and the draft's name.
    let take: @MainActor ([Answer], String) -> Void

    var body: some View {
        let text = action?.asks.first { longWords.contains($0.word) }
        let typed = text.map { answered[typed: $0] } ?? ""
        Page(at, action?.text ?? "") {
            if let action {
                let others = action.asks.filter { !attachedWords.contains($0.word) }
                Asks(asks: others, answered: $answered)
                ForEach(action.asks.filter { attachedWords.contains($0.word) }, id: \.word) { ask in
                    Part(ask.text, count: ask.optional ? look.say(.askOptional) : "") {
                        Attachments(at: at, draft: draft)
                    }
                }
            }
        } bottom: {
            if let action {
                MainButton(action.text) {
                    // It is found again if a rule says no.
                    if typed != draft.text { at.send(.keepDraft(name: name, text: typed)) }
                    take(answered.answers(action.asks), name)
                    isDone = true
                    at.back()
                }
                .disabled(!action.asks.allSatisfy { has($0) })
            }
        }
        .onAppear { if let text { answered[typed: text] = draft.text } }
        .keeps(at, draft: name, kept: draft.text, typed: typed, while: text != nil && !isDone)
        // It was done, or somebody else was faster.
        .onChange(of: action == nil, initial: true) { if action == nil { at.back() } }
    }

    private var draft: Draft {
        at.linli.drafts.now.drafts.first { $0.name == name } ?? Draft(name: name, text: "", attachments: [])
    }

    private func has(_ ask: AskedFor) -> Bool {
        guard attachedWords.contains(ask.word) else { return answered.has(ask) }
        // What is said is no photo.
        return ask.optional || draft.attachments.contains { ask.word != photoWord || !$0.voice }
    }
}
