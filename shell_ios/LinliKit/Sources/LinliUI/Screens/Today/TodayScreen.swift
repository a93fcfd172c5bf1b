import Shared
import SwiftUI

/// What waits for this person, big and first.
struct TodayScreen: View {
    @Environment(\.look) private var look
    let at: At

    var body: some View {
        let attention = at.linli.attention.now
        let first = attention.waiting.first
        let applications = at.linli.people.now.applicants.filter { !$0.decided }.count
        Page(at, at.frame.waitsText) {
            Section {
                Beside {
                    Say(at.frame.todayText, \.quiet, \.textQuiet)
                    Spacer(minLength: 0)
                    if let duty = at.frame.duties.first {
                        DoorPlate(text: duty.door ? duty.scopeText : "\(duty.roleText) \(duty.scopeText)", own: true)
                    }
                }
                .accessibilityElement(children: .combine).bare()
                if at.frame.reading { Say(look.say(.homeReading), \.quiet, \.textQuiet).bare() }
            }
            if at.frame.phase == .ended { ended }
            if at.frame.syncWaits { SyncStrip(at: at) }
            if let first { Hero(waiting: first) { at.openRepair(first.line.id) } }
            if applications > 0 {
                Section {
                    Line(
                        look.say(.peopleApplicationsCount(count: "\(applications)")), "person.2",
                        act: {
                            at.pages.switchTo(.people)
                        })
                }
            }
            if at.frame.phase == .member {
                Section {
                    Line(
                        at.frame.moneyText ?? look.say(.moneyTitle), Sign.money.symbol, act: { at.open(.money) })
                }
            }
            rows(attention, isQuiet: first == nil && applications == 0 && at.frame.undoUntilMs == nil)
            if !at.frame.syncWaits { AllSent(at: at) }
        } bottom: {
            if !at.linli.drafts.now.classes.isEmpty { report(isMain: first == nil) }
        }
    }

    /// This phone was shut out: what is on it stays, and a way in again.
    private var ended: some View {
        Notice(
            symbol: Sign.blocked.symbol, title: at.frame.phaseText, text: look.say(.homeEnded), ink: \.bad,
            ground: \.badContainer
        ) {
            GhostButton(look.say(.homeEndedJoin)) { at.open(.join) }.bare()
        }
    }

    @ViewBuilder
    private func rows(_ attention: AttentionList, isQuiet: Bool) -> some View {
        let rest = attention.waiting.dropFirst()
        if !rest.isEmpty {
            Part(look.say(.homeWaits), count: "\(attention.total)") {
                ForEach(rest, id: \.line.id) { RepairRow(at: at, line: $0.line) }
            }
        }
        if !attention.mine.isEmpty {
            Part(look.say(.homeMine)) {
                ForEach(attention.mine, id: \.id) { RepairRow(at: at, line: $0) }
            }
        } else if isQuiet {
            Empty(symbol: "lightbulb", text: look.say(.repairsEmpty))
        }
    }

    @ViewBuilder
    private func report(isMain: Bool) -> some View {
        let begun = at.linli.drafts.now.drafts.contains { $0.name == reportDraft }
        let word = look.say(begun ? .homeDraft : .homeReport)
        if isMain {
            MainButton(word, "plus") { at.open(.report) }
        } else {
            GhostButton(word, "plus") { at.open(.report) }
        }
    }
}
