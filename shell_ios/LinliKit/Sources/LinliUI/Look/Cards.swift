import Shared
import SwiftUI

/// The one dark card: what waits, and its lamp button.
struct Hero: View {
    @Environment(\.look) private var look
    let waiting: WaitingLine
    let open: @MainActor () -> Void

    var body: some View {
        Section {
            VStack(alignment: .leading, spacing: Space.m) {
                HStack(spacing: Space.s) {
                    Symbol(name: waiting.line.sign.symbol, size: \.inline, ink: \.lamp)
                    Say(waiting.urgencyText, \.label, \.lamp)
                }
                Say(waiting.line.excerpt, \.title, \.onHero)
                Say("\(waiting.line.place) · \(waiting.wantsText)", \.quiet, \.onHeroQuiet)
                MainButton(look.say(.homeLook), lamp: true, act: open)
            }
            .padding(.vertical, Space.s).onCard(\.hero)
        }
    }
}

/// Tells that something is not sent.
struct SyncStrip: View {
    @Environment(\.look) private var look
    let at: At

    var body: some View {
        Section {
            Button {
                at.open(.sync)
            } label: {
                HStack(spacing: Space.m) {
                    Symbol(name: "icloud.slash", ink: \.pending)
                    VStack(alignment: .leading) {
                        Say(look.say(.saved), \.label)
                        Say(at.frame.syncText, \.quiet, \.textQuiet)
                    }
                    Spacer(minLength: 0)
                    Symbol(name: "chevron.forward", size: \.inline, ink: \.textQuiet)
                }
                .frame(minHeight: look.targets.min).contentShape(RoundedRectangle(cornerRadius: 0))
            }
            .buttonStyle(.plain).accessibilityAddTraits(.updatesFrequently).onCard(\.pendingContainer)
        }
    }
}

/// All is well: a quiet word.
struct AllSent: View {
    @Environment(\.look) private var look
    let at: At

    var body: some View {
        Section {
            Button {
                at.open(.sync)
            } label: {
                HStack(spacing: Space.s) {
                    Symbol(name: "checkmark.icloud", size: \.inline, ink: \.good)
                    Say(at.frame.syncText, \.quiet, \.textQuiet)
                }
                .frame(maxWidth: .infinity, minHeight: look.targets.min).contentShape(RoundedRectangle(cornerRadius: 0))
            }
            .buttonStyle(.plain).bare()
        }
    }
}

/// Two versions side by side, neither chosen.
struct ConflictCard: View {
    @Environment(\.look) private var look
    let versions: [RepairVersion]
    let chosen: String?
    let choose: @MainActor (String) -> Void

    var body: some View {
        Section {
            VStack(alignment: .leading, spacing: Space.xs) {
                HStack(spacing: Space.s) {
                    Symbol(name: Sign.versions.symbol, ink: \.conflict)
                    Say(look.say(.detailConflictTitle), \.bodyStrong, \.conflict)
                }
                Say(look.say(.detailConflictSafe), \.quiet, \.textQuiet)
            }
            .accessibilityElement(children: .combine).onCard(\.conflictContainer)
            if look.stacked || look.elder || versions.count > 2 {
                rows
            } else {
                HStack(alignment: .top, spacing: Space.s) { rows }.onCard()
            }
            Say(look.say(.detailConflictOtherStays), \.quiet, \.textQuiet).onCard(\.conflictContainer)
        }
    }

    private var rows: some View {
        ForEach(versions, id: \.id) { version in
            Option(version.statusText, chosen: chosen == version.id, quiet: quiet(version)) { choose(version.id) }
        }
    }

    private func quiet(_ version: RepairVersion) -> String {
        let said = look.say(.detailConflictSaid(who: version.whoText, time: version.atText))
        return [said, version.note ?? ""].filter { !$0.isEmpty }.joined(separator: "\n")
    }
}

/// Words first, then how much of the time is over.
struct ClockBarCard: View {
    @Environment(\.look) private var look
    let bar: ClockBar

    var body: some View {
        let ink: Ink = bar.late ? \.bad : \.accent
        Section {
            VStack(alignment: .leading, spacing: Space.s) {
                HStack(spacing: Space.s) {
                    Symbol(name: "timer", size: \.inline, ink: ink)
                    Say(bar.text, \.bodyStrong, bar.late ? \.bad : \.text)
                }
                Say(bar.dueText, \.quiet, \.textQuiet)
                GeometryReader { room in
                    Capsule().fill(look.color(\.surfaceSunken)).overlay {
                        HStack(spacing: 0) {
                            Capsule().fill(look.color(ink))
                                .frame(width: room.size.width * CGFloat(bar.permille) / 1000)
                            Spacer(minLength: 0)
                        }
                    }
                }
                .frame(height: Space.s).accessibilityHidden(true)
                Beside {
                    ForEach(bar.marks, id: \.text) { mark in
                        Say(mark.done ? "✓ \(mark.text)" : mark.text, \.caption, \.textQuiet)
                    }
                }
            }
            .accessibilityElement(children: .combine).onCard()
        }
    }
}

/// Nothing here: why.
struct Empty: View {
    let symbol: String
    let text: String

    var body: some View {
        Section {
            VStack(spacing: Space.l) {
                Symbol(name: symbol, size: \.big, ink: \.textQuiet)
                Say(text, \.body, \.textQuiet).multilineTextAlignment(.center)
            }
            .frame(maxWidth: .infinity).padding(.vertical, Space.huge).bare()
        }
    }
}

/// A rule said no: why, and what works.
struct RefusalCard: View {
    @Environment(\.look) private var look
    let text: String
    let read: @MainActor () -> Void

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            HStack(alignment: .top, spacing: Space.m) {
                Symbol(name: "hand.raised", ink: \.warn)
                Say(text)
            }
            GhostButton(look.say(.ok), act: read)
        }
        .padding(Space.l).background(look.color(\.warnContainer), in: RoundedRectangle(cornerRadius: Radius.card))
        .accessibilityAddTraits(.updatesFrequently)
    }
}

/// What was just done can be undone for a while.
struct UndoBar: View {
    @Environment(\.look) private var look
    let undo: @MainActor () -> Void

    var body: some View {
        HStack(spacing: Space.s) {
            Say(look.say(.saved))
            Spacer(minLength: 0)
            Button(action: undo) {
                Say(look.say(.undo), \.button, \.accent).padding(Space.m)
                    .frame(minWidth: look.targets.min, minHeight: look.targets.min)
            }
            .buttonStyle(.plain)
        }
        .padding(.leading, Space.l)
    }
}
