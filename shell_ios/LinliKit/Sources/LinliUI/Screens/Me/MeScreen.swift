import Shared
import SwiftUI

/// What this person is here, the ways to the quieter pages, and how the app speaks.
struct MeScreen: View {
    @Environment(\.look) private var look
    let at: At

    var body: some View {
        Page(at, look.say(.tabMe)) {
            Section {
                ForEach(at.frame.duties, id: \.self) { Line("\($0.roleText) \($0.scopeText)", "person") }
                Line(at.frame.community, Sign.facade.symbol, act: { at.open(.communities) })
                Line(look.say(.syncTitle), Sign.outbox.symbol, act: { at.open(.sync) })
                Line(look.say(.dataTitle), "lock.shield", act: { at.open(.data) })
            }
            Part(look.say(.settingsTitle)) { Languages(at: at) }
        }
    }
}

/// The language, and the mode for elders.
struct Languages: View {
    @Environment(\.look) private var look
    let at: At

    var body: some View {
        Say(look.say(.settingsLanguage), \.quiet, \.textQuiet).onCard()
        let languages = [
            Choice(value: "zh", text: look.say(.settingsChinese)),
            Choice(value: "en", text: look.say(.settingsEnglish)),
        ]
        Options(choices: languages, chosen: [at.frame.language]) { at.send(.speak(language: $0)) }
        Option(look.say(.settingsElder), chosen: at.frame.elder, quiet: look.say(.settingsElderAbout)) {
            at.send(.elder(on: !at.frame.elder))
        }
    }
}

/// What is known of this person, and to whom: on one page.
struct DataScreen: View {
    @Environment(\.look) private var look
    let at: At

    var body: some View {
        Page(at, look.say(.dataTitle)) {
            part(.dataHere, .dataHereAbout)
            part(.dataNeighbours, .dataNeighboursAbout)
            part(.dataRelay, .dataRelayAbout, .dataRelayNever)
            Section { Say(look.say(.dataNobodyElse), \.quiet, \.textQuiet).bare() }
        }
    }

    private func part(_ title: Word, _ about: Word, _ never: Word? = nil) -> some View {
        Section {
            VStack(alignment: .leading, spacing: Space.xs) {
                Say(look.say(title), \.bodyStrong)
                Say(look.say(about))
                if let never { Say(look.say(never)) }
            }
            .accessibilityElement(children: .combine).onCard()
        }
    }
}

/// The communities of this phone, and a further one.
struct CommunitiesScreen: View {
    @Environment(\.look) private var look
    let at: At

    var body: some View {
        Page(at, look.say(.communitiesTitle)) {
            Section {
                ForEach(at.frame.communities, id: \.index) { here in
                    let go: @MainActor () -> Void = { turn(to: here.index) }
                    Line(here.name, Sign.facade.symbol, act: here.shown ? nil : go) {
                        let about = [here.roleText, here.shown ? look.say(.communitiesHere) : here.phaseText]
                        Say(about.filter { !$0.isEmpty }.joined(separator: " · "), \.quiet, \.textQuiet)
                    }
                }
            }
            Section {
                if at.frame.mayStopJoining { GhostButton(look.say(.joinStop)) { at.send(.stopJoining) }.bare() }
                GhostButton(look.say(.communitiesAdd)) { at.open(.join) }.bare()
            }
        }
    }

    private func turn(to community: UInt32) {
        at.send(.switch(community: community))
        at.pages.switchTo(.today)
    }
}
