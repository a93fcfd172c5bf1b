import Shared
import SwiftUI

/// A receipt that was scanned: whether it is good, and to keep it.
struct ScanReceiptScreen: View {
    @Environment(\.look) private var look
    @State private var text = ""
    let at: At
    /// What the camera read, if it read anything.
    let read: String?

    var body: some View {
        let scanned = at.linli.money.now.scanned
        Page(at, look.say(scanned == nil ? .moneyScan : .moneyScanned)) {
            if let scanned { content(scanned) }
            Section {
                GhostButton(look.say(.moneyScan), "qrcode.viewfinder") {
                    Task { if let read = await at.tools.scanQr() { text = read } }
                }
                .bare()
            }
            // A receipt that was read needs no more typing.
            if scanned?.unit.isEmpty ?? true {
                Section { Field(look.say(.moneyPaste), lines: 2, text: $text) }
            }
        } bottom: {
            if let scanned, let action = scanned.actions.first {
                MainButton(action.text) {
                    at.take(action, scanned.subject)
                    at.back()
                }
            }
        }
        .showsMoney(at, scanned: text.isBlank ? nil : text.trimmed)
        .onAppear { if let read, text.isEmpty { text = read } }
    }

    @ViewBuilder
    private func content(_ scanned: ScannedReceipt) -> some View {
        let inks = scanned.chip.tone.inks
        Notice(scanned.chip.sign.symbol, scanned.chip.text, "", ink: inks.ink, ground: inks.ground)
        if !scanned.unit.isEmpty {
            Section {
                VStack(alignment: .leading, spacing: Space.s) {
                    DoorPlate(text: scanned.unit, own: true)
                    Sum(text: scanned.sumText)
                    Say(scanned.number, \.bodyStrong)
                    Say(scanned.howText, \.quiet, \.textQuiet)
                }
                .accessibilityElement(children: .combine).onCard()
            }
        }
    }
}
