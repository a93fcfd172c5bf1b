import Shared
import SwiftUI

/// Most letters of a sum, and most figures after its point.
private let sumLetters = 10
private let fenDigits = 2

/// Cash is taken: big keys for the sum, and the receipt.
struct CollectScreen: View {
    @Environment(\.look) private var look
    @State private var sum = ""
    @State private var answered = Answered()
    /// What of it the core was told last, by what is asked: its drafts follow later.
    @State private var told: [String: String] = [:]
    @State private var isMore = false
    /// Whether the receipt was asked for: it is not asked for twice.
    @State private var isGiven = false
    /// This phone's receipts of the home before another one was given.
    @State private var before: Set<String>?
    let at: At
    let unit: String
    let round: String?

    var body: some View {
        let home = at.linli.money.now.home.flatMap { $0.unit == unit ? $0 : nil }
        let action = home?.actions.first { $0.word == collectWord }
        let answers = action.map { answered.answers($0.asks) } ?? []
        let own = home.map { $0.papers.filter { $0.deliveryChip != nil }.map(\.id) }
        let isOver = home != nil && action == nil
        Page(at, action?.text ?? "") {
            if let home, let action { content(home, action) }
        } bottom: {
            if let home, let action {
                MainButton(look.say(.moneyGive), Sign.check.symbol) { give(home, action) }
                    .disabled(sum.isEmpty || isGiven)
            }
        }
        .toolbar {
            ToolbarItem(placement: .primaryAction) {
                BarButton(symbol: "speaker.wave.2", label: look.say(.moneyReadAloud)) {
                    at.tools.speak(home?.owedSaid ?? "")
                }
            }
        }
        .showsMoney(at, home: unit, round: round)
        .onChange(of: own, initial: true) {
            guard let home, let own else { return }
            if before == nil {
                before = Set(own)
                if sum.isEmpty { sum = at.linli.drafts.now.text(draft(home)) }
                if let action { find(home, action) }
            } else if own.contains(where: { before?.contains($0) == false }) {
                at.back()
            }
        }
        // A rule said no, or something else is asked now: it can be tried again.
        .onChange(of: at.frame.toast) { isGiven = false }
        .onChange(of: answers) {
            isGiven = false
            if let home, let action { keep(home, action) }
        }
        .onChange(of: isOver) { if isOver { at.back() } }
    }

    @ViewBuilder
    private func content(_ home: HomeMoney, _ action: Action) -> some View {
        Section {
            VStack(alignment: .leading, spacing: Space.s) {
                Beside {
                    DoorPlate(text: unit, own: true)
                    Say(home.owedText, \.title)
                }
                Say(look.say(.moneySum), \.quiet, \.textQuiet)
                Sum(text: "¥\(sum)")
            }
            .accessibilityElement(children: .combine).onCard()
        }
        Section {
            if home.owedFen > 0 {
                GhostButton(look.say(.moneyFullSum(sum: home.owedText))) { keep(home.owedPlain, home) }.bare()
            }
            Keypad(
                add: { if fits($0) { keep(sum + $0, home) } }, back: { keep(String(sum.dropLast()), home) },
                clear: { keep("", home) }
            )
            .bare()
        }
        let others = more(action)
        if isMore {
            Asks(asks: others, answered: $answered)
        } else if !others.isEmpty {
            Section { QuietButton(look.say(.moneyMore), "chevron.down") { isMore = true }.bare() }
        }
    }

    /// One point, two figures after it, and no more than ten million yuan with its fen.
    private func fits(_ key: String) -> Bool {
        guard sum.count < sumLetters else { return false }
        guard let point = sum.firstIndex(of: ".") else { return true }
        return key != "." && sum.distance(from: point, to: sum.endIndex) <= fenDigits
    }

    private func draft(_ home: HomeMoney) -> String { "sum/\(home.subject)" }

    private func more(_ action: Action) -> [AskedFor] { action.asks.filter { $0.word != sumWord } }

    /// What was said before a kill is found again, and is not written unseen.
    private func find(_ home: HomeMoney, _ action: Action) {
        told = at.find(more(action), beside: draft(home), &answered)
        isMore = isMore || more(action).contains { !answered.said($0).isEmpty }
    }

    /// All else that is asked is kept at every key and tap, each beside the sum: it goes with the receipt.
    private func keep(_ home: HomeMoney, _ action: Action) {
        at.keep(more(action), beside: draft(home), answered, &told)
    }

    /// At every key the sum is kept: it is found again after a kill.
    private func keep(_ text: String, _ home: HomeMoney) {
        sum = text
        isGiven = false
        at.send(.keepDraft(name: draft(home), text: text))
    }

    private func give(_ home: HomeMoney, _ action: Action) {
        isGiven = true
        let answers = [Answer(word: sumWord, value: sum)] + answered.answers(action.asks)
        // The draft goes with the receipt; a refusal leaves it.
        at.send(.moneyAct(subject: home.subject, action: action.word, answers: answers, draft: draft(home)))
    }
}

/// Keys of the app's own, where the thumb is.
private struct Keypad: View {
    @Environment(\.look) private var look
    let add: @MainActor (String) -> Void
    let back: @MainActor () -> Void
    let clear: @MainActor () -> Void

    var body: some View {
        let column = GridItem(.flexible(), spacing: look.targets.gap)
        LazyVGrid(columns: Array(repeating: column, count: 3), spacing: look.targets.gap) {
            ForEach(["1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "0"], id: \.self) { key in
                Key(act: { add(key) }, label: nil) { Say(key, \.figureLarge) }
            }
            Key(act: back, label: look.say(.moneyDigitBack)) { Symbol(name: "delete.left") }
        }
        QuietButton(look.say(.moneyClear), "xmark", act: clear)
    }
}

private struct Key<Face: View>: View {
    @Environment(\.look) private var look
    let act: @MainActor () -> Void
    /// What is said of it, where its face says nothing.
    let label: String?
    @ViewBuilder let face: Face

    var body: some View {
        let key = Button(action: act) {
            face.frame(maxWidth: .infinity, minHeight: look.targets.key)
                .background(look.color(\.surfaceRaised), in: RoundedRectangle(cornerRadius: Radius.button))
        }
        .buttonStyle(.plain)
        if let label { key.accessibilityLabel(Text(verbatim: label)) } else { key }
    }
}
