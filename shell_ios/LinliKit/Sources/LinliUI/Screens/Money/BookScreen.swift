import Shared
import SwiftUI

/// A page of the books: a sum, what stands behind it, and what can be done.
struct BookScreen: View {
    @Environment(\.look) private var look
    let at: At
    let name: String

    var body: some View {
        let book = at.linli.money.now.book.flatMap { $0.name == name ? $0 : nil }
        // What it is called in the list stands above it until it is read.
        let listed = at.linli.money.now.books.first { $0.opens == name }
        Page(at, book?.title ?? listed?.title ?? look.say(.moneyBooks)) {
            if let book { content(book) }
        }
        .showsMoney(at, book: name)
    }

    @ViewBuilder
    private func content(_ book: BookPage) -> some View {
        if !book.figureText.isEmpty || !book.lines.isEmpty || book.chip != nil { Section { Head(book: book) } }
        if !book.pictures.isEmpty {
            Part(look.say(.detailPhotos)) { AttachmentLines(at: at, attachments: book.pictures) }
        }
        ForEach(Array(book.parts.enumerated()), id: \.offset) { _, part in
            Part(part.title) {
                ForEach(part.rows, id: \.id) { BookRows(at: at, row: $0) }
            }
        }
        if !book.actions.isEmpty { Section { Doings(at: at, actions: book.actions, subject: book.subject) } }
    }
}

private struct Head: View {
    let book: BookPage

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            if !book.figureText.isEmpty {
                if !book.figureLabel.isEmpty { Say(book.figureLabel, \.quiet, \.textQuiet) }
                Sum(text: book.figureText)
            }
            if let chip = book.chip { StatusChip(chip: chip) }
            ForEach(Array(book.lines.enumerated()), id: \.offset) { Say($0.element) }
        }
        .accessibilityElement(children: .combine).onCard()
    }
}

/// A row of the books, and what can be done with what it tells.
struct BookRows: View {
    let at: At
    let row: BookRow
    var symbol: String?

    var body: some View {
        Line(row.title, symbol, end: row.sumText, act: open) {
            if !row.text.isEmpty { Say(row.text, \.quiet, \.textQuiet) }
            if let chip = row.chip { StatusChip(chip: chip) }
        }
        Doings(at: at, actions: row.actions, subject: row.subject)
    }

    private var open: (@MainActor () -> Void)? {
        if let unit = row.home { return { at.open(.homeMoney(unit: unit, round: nil)) } }
        guard let name = row.opens else { return nil }
        return { at.open(.book(name: name)) }
    }
}
