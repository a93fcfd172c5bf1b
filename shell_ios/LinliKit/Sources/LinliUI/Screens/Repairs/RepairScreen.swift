import Shared
import SwiftUI

/// How many steps are seen at once, the newest ones.
private let stepsShown = 3

/// The one action that the conflict card takes by itself.
private let settleWord = "settle"

/// A repair, and what this person can do about it.
struct RepairScreen: View {
    @Environment(\.look) private var look
    @State private var all = false
    @State private var keep: String?
    let at: At
    let id: String

    var body: some View {
        let detail = at.linli.detail.now.flatMap { $0.line.id == id ? $0 : nil }
        Page(at, detail?.line.`class` ?? "") {
            if let detail { content(detail) }
        } bottom: {
            if let detail { main(detail) }
        }
        .toolbar {
            ToolbarItem(placement: .primaryAction) {
                BarButton(symbol: "speaker.wave.2", label: look.say(.readAloud)) {
                    at.tools.speak(detail?.text ?? "")
                }
            }
        }
        .onAppear { at.send(.detail(id: id)) }
    }

    @ViewBuilder
    private func content(_ detail: RepairDetail) -> some View {
        Section { Head(detail: detail).accessibilityElement(children: .combine).bare() }
        if let bar = detail.clockBar { ClockBarCard(bar: bar) }
        if !detail.conflict.isEmpty { ConflictCard(versions: detail.conflict, chosen: keep) { keep = $0 } }
        if !detail.attachments.isEmpty {
            Part(look.say(.detailPhotos)) { AttachmentLines(at: at, attachments: detail.attachments) }
        }
        let newest = Array(detail.steps.reversed())
        Part(look.say(.detailHistory), count: all ? "" : "\(detail.steps.count)") {
            ForEach(all ? newest : Array(newest.prefix(stepsShown)), id: \.id) { StepRow(at: at, step: $0) }
            if detail.steps.count > stepsShown {
                GhostButton(look.say(all ? .detailFewerSteps : .detailAllSteps)) { all.toggle() }.bare()
            }
        }
        beside(.detailAlike, detail.alike)
        beside(.detailMerged, detail.merged)
        Section {
            ForEach(detail.refused, id: \.self) { Say("\(look.say(.detailRefused)): \($0)", \.quiet, \.bad).bare() }
            ForEach(others(detail), id: \.word) { action in GhostButton(action.text) { take(action) }.bare() }
        }
    }

    @ViewBuilder
    private func beside(_ word: Word, _ lines: [RepairLine]) -> some View {
        if !lines.isEmpty {
            Part(look.say(word), count: "\(lines.count)") {
                ForEach(lines, id: \.id) { RepairRow(at: at, line: $0) }
            }
        }
    }

    /// In a conflict the one thing to do is to settle it.
    private func settle(_ detail: RepairDetail) -> Action? {
        detail.conflict.isEmpty ? nil : detail.actions.first { $0.word == settleWord }
    }

    private func others(_ detail: RepairDetail) -> [Action] {
        detail.actions.filter { !$0.main && ($0.word != settleWord || detail.conflict.isEmpty) }
    }

    @ViewBuilder
    private func main(_ detail: RepairDetail) -> some View {
        if let settle = settle(detail) {
            let kept = detail.conflict.first { $0.id == keep }
            let text = kept.map { look.say(.detailConflictGo(what: $0.statusText)) }
            MainButton(text ?? look.say(.detailConflictChoose)) {
                guard let kept else { return }
                let answers = settle.asks.map { Answer(word: $0.word, value: kept.id) }
                at.send(.repair(id: id, action: settle.word, answers: answers, draft: nil))
            }
            .disabled(kept == nil)
        } else if let action = detail.actions.first(where: \.main) {
            MainButton(action.text) { take(action) }
        }
    }

    private func take(_ action: Action) {
        if action.asks.isEmpty {
            at.send(.repair(id: id, action: action.word, answers: [], draft: nil))
        } else {
            at.open(.act(id: id, action: action.word))
        }
    }
}

private struct Head: View {
    @Environment(\.look) private var look
    let detail: RepairDetail

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            Say(detail.text, \.bodyLarge)
            Beside {
                if detail.line.door {
                    DoorPlate(text: detail.line.place, own: false)
                } else {
                    Say(detail.line.place, \.label)
                }
                StatusChip(chip: detail.line.chip)
            }
            Say(detail.reportedText, \.quiet, \.textQuiet)
            ForEach(more, id: \.self) { Say($0, \.quiet) }
        }
    }

    private var more: [String] {
        let slots = detail.slotTexts.joined(separator: ", ")
        return [
            detail.behalfText.map { look.say(.detailOnBehalf(who: $0)) },
            detail.visitText.map { look.say(.detailVisit(time: $0)) },
            detail.visitText == nil && !slots.isEmpty ? "\(look.say(.detailSlots)): \(slots)" : nil,
            detail.line.meToo > 0 ? look.say(.repairsMeToo(count: "\(detail.line.meToo)")) : nil,
        ].compactMap { $0 }
    }
}

private struct StepRow: View {
    @Environment(\.look) private var look
    let at: At
    let step: Step

    var body: some View {
        HStack(alignment: .top, spacing: Space.m) {
            Symbol(name: step.sign.symbol, ink: \.textQuiet)
            VStack(alignment: .leading, spacing: Space.hair) {
                Say(step.statusText, \.bodyStrong)
                ForEach(more, id: \.self) { Say($0) }
                Say("\(step.whoText) · \(step.atText)", \.quiet, \.textQuiet)
                if let chip = step.deliveryChip { StatusChip(chip: chip) }
            }
        }
        .accessibilityElement(children: .combine).onCard()
        AttachmentLines(at: at, attachments: step.attachments)
    }

    private var more: [String] {
        [
            step.note,
            step.assigneeText.map { look.say(.detailHandedTo(who: $0)) },
            step.howText, step.place, step.untilText,
            step.estimateText.map { look.say(.detailCost(sum: $0)) },
            step.stars.map { look.say(.detailStars(stars: "\($0)")) },
            step.claimedText.map { look.say(.detailClockClaimed(time: $0)) },
        ].compactMap { $0 }
    }
}
