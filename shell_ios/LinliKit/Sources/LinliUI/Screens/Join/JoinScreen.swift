import Shared
import SwiftUI

/// From an invitation to a member; also of a further community.
struct JoinScreen: View {
    @Environment(\.look) private var look
    @State private var invite = ""
    @State private var name = ""
    let at: At
    let isFurther: Bool

    var body: some View {
        let asks = isFurther || at.frame.phase == .fresh || at.frame.phase == .refused
        Page(at, look.say(.joinTitle)) {
            if asks { questions } else { waiting }
        } bottom: {
            if asks {
                MainButton(look.say(.joinApply)) {
                    at.send(.join(invite: invite.trimmed, name: name.trimmed))
                    if isFurther { at.back() }
                }
                .disabled(invite.isBlank || name.isBlank)
            }
        }
        .onChange(of: at.tools.invitation, initial: true) {
            guard let handed = at.tools.invitation else { return }
            invite = handed
            at.tools.invitation = nil
        }
    }

    @ViewBuilder
    private var questions: some View {
        Section {
            if at.frame.phase == .refused && !isFurther { Say(at.frame.phaseText, \.bodyStrong).bare() }
            Say(look.say(.joinInvite), \.bodyLarge).bare()
            GhostButton(look.say(.joinScan), "qrcode.viewfinder") {
                Task { if let read = await at.tools.scanQr() { invite = read } }
            }
            .bare()
        }
        Section {
            Field(look.say(.joinPaste), lines: 2, text: $invite)
            Field(look.say(.joinName), text: $name)
            Say(look.say(.joinNameHint), \.quiet, \.textQuiet).onCard()
        }
        Safety()
        Section { Languages(at: at) }
        if !isFurther { founders }
    }

    /// Who founds a community with others gets there from here, also after a kill.
    private var founders: some View {
        Section { GhostButton(look.say(.joinFounders), Sign.people.symbol) { at.open(.founding) }.bare() }
    }

    @ViewBuilder
    private var waiting: some View {
        if at.frame.phase == .comparing, let code = at.frame.code {
            Section {
                VStack(alignment: .leading, spacing: Space.m) {
                    Say(look.say(.joinCompare), \.bodyStrong)
                    Say(grouped(code), look.stacked ? \.figureLarge : \.figureHero)
                    Say(look.say(.joinCompareWhy), \.quiet, \.textQuiet)
                }
                .padding(.vertical, Space.s).onCard()
            }
            Safety()
        } else {
            Section { Say(at.frame.phaseText, \.bodyLarge).bare() }
        }
        if at.frame.phase == .founding { founders }
        if at.frame.mayStopJoining {
            Section { GhostButton(look.say(.joinDifferent)) { at.send(.stopJoining) }.bare() }
        }
    }
}

/// Groups of digits, so that they can be read out.
func grouped(_ code: String) -> String {
    let digits = Array(code)
    let groups = stride(from: 0, to: digits.count, by: Figures.codeGroup)
    return groups.map { String(digits[$0..<min($0 + Figures.codeGroup, digits.count)]) }.joined(separator: " ")
}

private struct Safety: View {
    @Environment(\.look) private var look

    var body: some View {
        Notice(
            "lock.shield", look.say(.joinSafetyTitle), look.say(.joinSafety), ink: \.warn, ground: \.warnContainer)
    }
}
