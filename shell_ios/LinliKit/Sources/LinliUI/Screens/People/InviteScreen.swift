import Shared
import SwiftUI

/// As what somebody comes in; then the code to scan.
struct InviteScreen: View {
    @Environment(\.look) private var look
    let at: At

    var body: some View {
        if let invitation = at.frame.invitation {
            Page(at, look.say(.peopleInvite)) {
                Section {
                    VStack(spacing: Space.m) {
                        QrPicture(text: invitation)
                        Say(look.say(.peopleInviteShow), \.bodyStrong)
                        if let about = at.frame.invitationText { Say(about, \.quiet, \.textQuiet) }
                    }
                    .frame(maxWidth: .infinity).padding(.vertical, Space.s)
                    .accessibilityElement(children: .combine).onCard()
                    QuietButton(look.say(.peopleInvitePrint), "printer") {
                        at.tools.print(title: look.say(.peopleInvite), text: invitation)
                    }
                    .onCard()
                }
            } bottom: {
                MainButton(look.say(.peopleInviteShare), "square.and.arrow.up") { at.send(.shareInvitation) }
                GhostButton(look.say(.peopleInviteDone)) {
                    at.send(.closeInvitation)
                    at.back()
                }
            }
        } else {
            OfferPage(at: at, title: .peopleInvite, go: .peopleInviteMake, offers: at.linli.people.now.inviting) {
                at.send(.inviteAs(role: $0.word, answers: $1))
            }
        }
    }
}

/// A person without a phone, for whom others act.
struct RegisterScreen: View {
    let at: At

    var body: some View {
        OfferPage(at: at, title: .peopleRegister, go: .peopleRegisterGo, offers: at.linli.people.now.registering) {
            at.send(.registerAs(role: $0.word, answers: $1))
            at.back()
        }
    }
}

private struct OfferPage: View {
    @Environment(\.look) private var look
    @State private var chosen: String?
    @State private var answered = Answered()
    let at: At
    let title: Word
    let go: Word
    let offers: [Offer]
    let take: @MainActor (Offer, [Answer]) -> Void

    var body: some View {
        let offer = offers.first { $0.word == chosen }
        Page(at, look.say(title)) {
            Part(look.say(.peopleAsWhat)) {
                // The chosen one stands alone, until it is tapped again.
                ForEach(offers.filter { chosen == nil || $0.word == chosen }, id: \.word) { one in
                    Option(one.text, chosen: one.word == chosen) {
                        chosen = one.word == chosen ? nil : one.word
                        answered = Answered()
                    }
                }
            }
            if let offer { Asks(asks: offer.asks, answered: $answered) }
        } bottom: {
            MainButton(look.say(go)) {
                if let offer { take(offer, answered.answers(offer.asks)) }
            }
            .disabled(!(offer?.asks.allSatisfy(answered.has) ?? false))
        }
    }
}
