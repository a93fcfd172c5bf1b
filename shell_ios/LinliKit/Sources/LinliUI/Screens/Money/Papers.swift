import Shared
import SwiftUI

/// A bill, and line by line why it is that.
struct BillRows: View {
    @Environment(\.look) private var look
    @State private var isOpen = false
    let bill: BillCard

    var body: some View {
        VStack(alignment: .leading, spacing: Space.xs) {
            Beside {
                Say(bill.title, \.bodyStrong)
                StatusChip(chip: bill.chip)
            }
            Say(bill.leftText, \.figureLarge)
            if bill.leftText != bill.totalText { Say(bill.totalText, \.quiet, \.textQuiet) }
            Say(bill.dueText, \.quiet, \.textQuiet)
            let texts = [bill.lateText, bill.limitationText, bill.withdrawnText].compactMap { $0 }
            ForEach(texts, id: \.self) { Say($0, \.quiet) }
        }
        .accessibilityElement(children: .combine).onCard()
        QuietButton(look.say(.moneyWhy), isOpen ? "chevron.up" : "chevron.down") { isOpen.toggle() }.onCard()
        if isOpen {
            ForEach(Array(bill.lines.enumerated()), id: \.offset) { _, line in
                Line("\(line.charge) · \(line.month)", nil, end: line.sumText) {
                    Say(line.why, \.quiet, \.textQuiet)
                }
            }
        }
    }
}

/// A receipt or a refund, what can be done with it, and a receipt's code.
struct PaperRows: View {
    @Environment(\.look) private var look
    let at: At
    let paper: PaperCard
    /// Its code, if it is shown.
    let code: ReceiptCode?
    let show: @MainActor () -> Void

    var body: some View {
        VStack(alignment: .leading, spacing: Space.xs) {
            Beside {
                Say(paper.sumText, \.figureLarge)
                StatusChip(chip: paper.chip)
            }
            if !paper.number.isEmpty { Say(paper.number, \.bodyStrong) }
            Say(paper.howText, \.quiet, \.textQuiet)
            ForEach(Array(paper.notes.enumerated()), id: \.offset) { Say($0.element, \.quiet) }
            if let chip = paper.deliveryChip { StatusChip(chip: chip) }
        }
        .accessibilityElement(children: .combine).onCard()
        if !paper.number.isEmpty { QuietButton(look.say(.moneyShowCode), "qrcode", act: show).onCard() }
        if let code { CodeCard(code: code) }
        Doings(at: at, actions: paper.actions, subject: paper.subject)
    }
}

/// A receipt's code, for its payer to scan.
struct CodeCard: View {
    @Environment(\.look) private var look
    let code: ReceiptCode

    var body: some View {
        VStack(spacing: Space.m) {
            QrPicture(text: code.code)
            Say(look.say(.moneyKeepCode), \.bodyStrong).multilineTextAlignment(.center)
            Say(look.say(.moneyKeepCodeWhy), \.quiet, \.textQuiet).multilineTextAlignment(.center)
            Say(code.sumText, \.figureLarge)
            Say(code.capitalsText, \.quiet, \.textQuiet).multilineTextAlignment(.center)
            Say("\(code.unit) · \(code.number)", \.quiet, \.textQuiet)
        }
        .frame(maxWidth: .infinity).padding(.vertical, Space.s)
        .accessibilityElement(children: .combine).onCard()
    }
}
