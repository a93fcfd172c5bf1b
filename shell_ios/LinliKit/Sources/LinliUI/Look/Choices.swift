import Shared
import SwiftUI

/// The one thing to do on a page: lamp on the dark card, else accent. Never two of them.
struct MainButton: View {
    @Environment(\.look) private var look
    @Environment(\.isEnabled) private var isEnabled
    private let text: String
    private let symbol: String?
    private let lamp: Bool
    private let act: @MainActor () -> Void

    init(_ text: String, _ symbol: String? = nil, lamp: Bool = false, act: @escaping @MainActor () -> Void) {
        self.text = text
        self.symbol = symbol
        self.lamp = lamp
        self.act = act
    }

    var body: some View {
        let ground: Ink = !isEnabled ? \.surfaceSunken : lamp ? \.lamp : \.accent
        let ink: Ink = !isEnabled ? \.textQuiet : lamp ? \.onLamp : \.onAccent
        Button(action: act) {
            HStack(spacing: Space.s) {
                if let symbol { Symbol(name: symbol, ink: ink) }
                Say(text, \.button, ink).multilineTextAlignment(.center)
            }
            .padding(Space.s).frame(maxWidth: .infinity, minHeight: look.targets.button)
            .background(look.color(ground), in: RoundedRectangle(cornerRadius: Radius.button))
        }
        .buttonStyle(.plain)
    }
}

/// Something else that can be done.
struct GhostButton: View {
    @Environment(\.look) private var look
    private let text: String
    private let symbol: String?
    private let act: @MainActor () -> Void

    init(_ text: String, _ symbol: String? = nil, act: @escaping @MainActor () -> Void) {
        self.text = text
        self.symbol = symbol
        self.act = act
    }

    var body: some View {
        let edge = RoundedRectangle(cornerRadius: Radius.button)
        Button(action: act) {
            HStack(spacing: Space.s) {
                if let symbol { Symbol(name: symbol, ink: \.accent) }
                Say(text, \.button, \.accent).multilineTextAlignment(.center)
            }
            .padding(Space.s).frame(maxWidth: .infinity, minHeight: look.targets.button)
            .contentShape(edge).overlay { edge.stroke(look.color(\.lineStrong)) }
        }
        .buttonStyle(.plain)
    }
}

/// Something that is seldom done.
struct QuietButton: View {
    @Environment(\.look) private var look
    private let text: String
    private let symbol: String
    private let act: @MainActor () -> Void

    init(_ text: String, _ symbol: String, act: @escaping @MainActor () -> Void) {
        self.text = text
        self.symbol = symbol
        self.act = act
    }

    var body: some View {
        Button(action: act) {
            HStack(spacing: Space.s) {
                Symbol(name: symbol, size: \.inline, ink: \.accent)
                Say(text, \.label, \.accent)
            }
            .frame(maxWidth: .infinity, minHeight: look.targets.min).contentShape(RoundedRectangle(cornerRadius: 0))
        }
        .buttonStyle(.plain)
    }
}

/// A symbol alone to tap on, in the bar above a page.
struct BarButton: View {
    let symbol: String
    let label: String
    let act: @MainActor () -> Void

    var body: some View {
        Button(action: act) { Symbol(name: symbol) }.accessibilityLabel(Text(verbatim: label))
    }
}

/// A choice: starts with nothing chosen.
struct Option: View {
    @Environment(\.look) private var look
    private let text: String
    private let chosen: Bool
    private let quiet: String
    private let choose: @MainActor () -> Void

    init(_ text: String, chosen: Bool, quiet: String = "", choose: @escaping @MainActor () -> Void) {
        self.text = text
        self.chosen = chosen
        self.quiet = quiet
        self.choose = choose
    }

    var body: some View {
        Button(action: choose) {
            HStack(alignment: look.stacked ? .top : .center, spacing: Space.m) {
                Symbol(name: chosen ? "largecircle.fill.circle" : "circle", ink: chosen ? \.accent : \.lineStrong)
                VStack(alignment: .leading) {
                    Say(text, \.bodyStrong)
                    if !quiet.isEmpty { Say(quiet, \.quiet, \.textQuiet) }
                }
                Spacer(minLength: 0)
            }
            .frame(minHeight: look.targets.button).contentShape(RoundedRectangle(cornerRadius: 0))
        }
        .buttonStyle(.plain).accessibilityAddTraits(chosen ? .isSelected : [])
        .onCard(chosen ? \.accentContainer : \.surface)
    }
}

/// What there is to choose from, a row each.
struct Options: View {
    let choices: [Choice]
    let chosen: Set<String>
    let choose: @MainActor (String) -> Void

    var body: some View {
        ForEach(choices, id: \.value) { choice in
            Option(choice.text, chosen: chosen.contains(choice.value)) { choose(choice.value) }
        }
    }
}

/// A square to choose what is broken.
struct KindTile: View {
    @Environment(\.look) private var look
    let kind: ClassChoice
    let chosen: Bool
    let choose: @MainActor () -> Void

    var body: some View {
        let ink: Ink = chosen ? \.onAccent : kind.emergency ? \.bad : \.text
        let tile = RoundedRectangle(cornerRadius: Radius.button)
        Button(action: choose) {
            VStack(spacing: Space.xs) {
                Symbol(name: kind.sign.symbol, ink: ink)
                Say(kind.text, \.label, ink).multilineTextAlignment(.center)
            }
            .padding(Space.s).frame(minWidth: look.targets.min, maxWidth: .infinity, minHeight: look.targets.row)
            .background(look.color(chosen ? \.accent : \.surface), in: tile)
            .overlay { tile.stroke(look.color(chosen ? \.accent : \.line)) }
        }
        .buttonStyle(.plain).accessibilityAddTraits(chosen ? .isSelected : [])
    }
}

/// A field; its label stays when something is typed.
struct Field: View {
    @Environment(\.look) private var look
    @ScaledMetric(relativeTo: .body) private var hundred = 100.0
    private let label: String
    private let lines: Int
    @Binding private var text: String

    init(_ label: String, lines: Int = 1, text: Binding<String>) {
        self.label = label
        self.lines = lines
        _text = text
    }

    var body: some View {
        VStack(alignment: .leading, spacing: Space.hair) {
            if !text.isEmpty { Say(label, \.quiet, \.textQuiet).accessibilityHidden(true) }
            TextField(label, text: $text, axis: .vertical)
                .lineLimit(lines...).font(look.type.bodyLarge.font(grown: hundred / 100))
                .accessibilityLabel(Text(verbatim: label))
                .frame(minHeight: look.targets.min)
        }
        .onCard()
    }
}
