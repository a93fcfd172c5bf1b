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

/// A text as a QR code: dark on light also at night, or cameras do not find it.
private struct QrPicture: View {
    let text: String

    var body: some View {
        if let code = drawQr(text: text) {
            let side = Int(code.side)
            Canvas { context, size in
                let dot = min(size.width, size.height) / CGFloat(side)
                for (place, module) in code.modules.enumerated() where module != 0 {
                    // Without the overlap hairlines stay between the dots.
                    let corner = CGPoint(x: CGFloat(place % side) * dot, y: CGFloat(place / side) * dot)
                    let square = CGRect(origin: corner, size: CGSize(width: dot + 0.5, height: dot + 0.5))
                    context.fill(Path { $0.addRect(square) }, with: .color(.black))
                }
            }
            .aspectRatio(1, contentMode: .fit).padding(Space.l).frame(maxWidth: 320)
            .background(Color.white, in: RoundedRectangle(cornerRadius: Radius.small))
            .accessibilityHidden(true)
        }
    }
}
