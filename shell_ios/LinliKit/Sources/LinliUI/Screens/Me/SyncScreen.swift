import Shared
import SwiftUI

/// Where everything that was done here is now.
struct SyncScreen: View {
    @Environment(\.look) private var look
    let at: At

    var body: some View {
        let sending = at.linli.sending.now
        Page(at, look.say(.syncTitle)) {
            safe
            if !at.frame.safeToHandBack {
                Section { Say(look.say(.syncShareAbout), \.quiet, \.textQuiet).bare() }
            }
            Section {
                Line(look.say(.syncSavedHere), Sign.phone.symbol, end: "\(sending.savedHere)")
                Line(look.say(.syncHandedOver), Sign.outbox.symbol, end: "\(sending.handedOver)")
                Line(look.say(.syncSeen), "checkmark.icloud", end: "\(sending.seen)")
                Line(look.say(.syncAccepted), Sign.check.symbol, end: "\(sending.accepted)")
                if !at.frame.contactText.isEmpty {
                    Say(look.say(.syncLast(time: at.frame.contactText)), \.quiet, \.textQuiet).onCard()
                }
            }
            if !sending.here.isEmpty {
                Part(look.say(.syncHere), count: "\(sending.savedHere)") {
                    ForEach(Array(sending.here.enumerated()), id: \.offset) { _, line in
                        Line(line.text, line.sign.symbol, end: line.agoText)
                    }
                }
            }
            if !at.frame.alarms.isEmpty {
                Part(look.say(.syncTrouble)) {
                    ForEach(Array(at.frame.alarms.enumerated()), id: \.offset) { _, alarm in
                        Line(alarm.sentence, "hand.raised")
                    }
                }
            }
        } bottom: {
            MainButton(look.say(.syncNow)) { at.send(.syncNow) }
            if !at.frame.safeToHandBack { GhostButton(look.say(.syncShare)) { at.send(.shareOutbox) } }
            GhostButton(look.say(.syncTake)) {
                Task { if let file = await at.tools.pickFile() { at.send(.carry(file: file.path)) } }
            }
        }
        .onAppear { at.send(.sending(on: true)) }
        .onDisappear { at.send(.sending(on: false)) }
    }

    @ViewBuilder
    private var safe: some View {
        let text = at.frame.syncText
        if at.frame.safeToHandBack {
            Notice(Sign.check.symbol, look.say(.syncSafe), text, ink: \.good, ground: \.goodContainer)
        } else {
            Notice("hand.raised", look.say(.syncNotSafe), text, ink: \.warn, ground: \.warnContainer)
        }
    }
}
