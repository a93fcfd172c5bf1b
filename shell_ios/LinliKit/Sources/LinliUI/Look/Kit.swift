import Shared
import SwiftUI

/// Icon and word: its colour says the same as they.
struct StatusChip: View {
    @Environment(\.look) private var look
    let chip: Chip

    var body: some View {
        let inks = chip.tone.inks
        HStack(spacing: Space.xs) {
            Symbol(name: chip.sign.symbol, size: \.inline, ink: inks.ink)
            Say(chip.text, \.label, inks.ink)
        }
        .padding(.horizontal, Space.s).padding(.vertical, Space.hair)
        .background(look.color(inks.ground), in: RoundedRectangle(cornerRadius: Radius.plate))
    }
}

/// The number of a door; filled where it is one's own.
struct DoorPlate: View {
    @Environment(\.look) private var look
    let text: String
    let own: Bool

    var body: some View {
        let plate = RoundedRectangle(cornerRadius: Radius.plate)
        Say(text, \.label, own ? \.onAccent : \.accent)
            .padding(.horizontal, Space.s).padding(.vertical, Space.hair)
            .background(own ? look.color(\.accent) : .clear, in: plate)
            .overlay { plate.stroke(look.color(\.accent)) }
    }
}

/// A sum to be read at arm's length: on one line, however large it is.
struct Sum: View {
    let text: String

    var body: some View { Say(text, \.figureHero).lineLimit(1).minimumScaleFactor(0.5) }
}

/// Side by side, or one above the other where letters are large.
struct Beside<Content: View>: View {
    @Environment(\.look) private var look
    @ViewBuilder let content: Content

    var body: some View {
        if look.stacked {
            VStack(alignment: .leading, spacing: Space.s) { content }
        } else {
            HStack(spacing: Space.s) { content }
        }
    }
}

/// A line of a list, one element for who listens to it.
struct Line<Below: View>: View {
    @Environment(\.look) private var look
    private let title: String
    private let symbol: String?
    private let end: String
    private let act: (@MainActor () -> Void)?
    private let below: Below

    init(
        _ title: String, _ symbol: String?, end: String = "", act: (@MainActor () -> Void)? = nil,
        @ViewBuilder below: () -> Below
    ) {
        self.title = title
        self.symbol = symbol
        self.end = end
        self.act = act
        self.below = below()
    }

    var body: some View {
        if let act {
            Button(action: act) { row }.buttonStyle(.plain).onCard()
        } else {
            row.accessibilityElement(children: .combine).onCard()
        }
    }

    private var row: some View {
        HStack(spacing: Space.m) {
            if let symbol, !look.stacked { Symbol(name: symbol) }
            VStack(alignment: .leading, spacing: Space.xs) {
                Say(title, \.bodyStrong)
                below
                if !end.isEmpty && look.stacked { Say(end, \.quiet, \.textQuiet) }
            }
            Spacer(minLength: 0)
            if !end.isEmpty && !look.stacked { Say(end, \.caption, \.textQuiet) }
            if act != nil { Symbol(name: "chevron.forward", size: \.inline, ink: \.textQuiet) }
        }
        .frame(minHeight: look.targets.min).contentShape(RoundedRectangle(cornerRadius: 0))
    }
}

extension Line where Below == EmptyView {
    init(_ title: String, _ symbol: String?, end: String = "", act: (@MainActor () -> Void)? = nil) {
        self.init(title, symbol, end: end, act: act) {}
    }
}

/// One repair in a list; held, it is read aloud.
struct RepairRow: View {
    @Environment(\.look) private var look
    let at: At
    let line: RepairLine

    var body: some View {
        Line(line.excerpt, line.sign.symbol, end: line.atText, act: { at.openRepair(line.id) }) {
            Beside {
                StatusChip(chip: line.chip)
                Say(line.place, \.quiet, \.textQuiet)
            }
        }
        .contextMenu {
            Button {
                at.tools.speak("\(line.excerpt) \(line.place) \(line.chip.text)")
            } label: {
                Text(verbatim: look.say(.readAloud))
            }
        }
    }
}

/// The title of a part of a page, and how much is in it.
struct Part<Content: View>: View {
    @Environment(\.look) private var look
    private let title: String
    private let count: String
    private let content: Content

    init(_ title: String, count: String = "", @ViewBuilder content: () -> Content) {
        self.title = title
        self.count = count
        self.content = content()
    }

    var body: some View {
        Section {
            content
        } header: {
            HStack {
                Say(title, \.title)
                Spacer()
                if !count.isEmpty { Say(count, \.quiet, \.textQuiet) }
            }
            .textCase(nil).accessibilityElement(children: .combine).accessibilityAddTraits(.isHeader)
        }
    }
}

/// A notice: its picture and title in one line, and what it means.
struct Notice<Below: View>: View {
    let symbol: String
    let title: String
    var text = ""
    let ink: Ink
    let ground: Ink
    @ViewBuilder let below: Below

    var body: some View {
        Section {
            VStack(alignment: .leading, spacing: Space.xs) {
                HStack(spacing: Space.s) {
                    Symbol(name: symbol, ink: ink)
                    Say(title, \.bodyStrong)
                }
                if !text.isEmpty { Say(text) }
            }
            .padding(.vertical, Space.xs).accessibilityElement(children: .combine).onCard(ground)
            below
        }
    }
}

extension Notice where Below == EmptyView {
    init(_ symbol: String, _ title: String, _ text: String, ink: Ink, ground: Ink) {
        self.init(symbol: symbol, title: title, text: text, ink: ink, ground: ground) {}
    }
}

extension View {
    /// Stands on a card of the list.
    func onCard(_ ground: Ink = \.surface) -> some View { modifier(Grounded(ground: ground)) }

    /// Stands on the page itself, as wide as the cards.
    func bare() -> some View { listRowInsets(EdgeInsets()).listRowBackground(Color.clear) }
}

private struct Grounded: ViewModifier {
    @Environment(\.look) private var look
    let ground: Ink

    func body(content: Content) -> some View { content.listRowBackground(look.color(ground)) }
}
