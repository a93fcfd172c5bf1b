import Shared
import SwiftUI

/// How the app looks and speaks now.
public struct Look: Sendable {
    public let colors: Colors
    public let type: TypeRoles
    public let targets: Targets
    public let icons: IconSizes
    public let speech: any Speech
    public let elder: Bool
    /// Whether letters are so large that what stood side by side is stacked.
    public let stacked: Bool

    init(elder: Bool, dark: Bool, stacked: Bool, speech: any Speech) {
        colors = dark ? .dark : .light
        type = elder ? .elder : .normal
        targets = elder ? .elder : .normal
        icons = elder ? .elder : .normal
        self.speech = speech
        self.elder = elder
        self.stacked = stacked
    }

    func say(_ word: Word) -> String { speech.say(word) }

    func say(_ phrase: Phrase) -> String { speech.say(phrase) }

    func color(_ ink: Ink) -> Color { Color(colors[keyPath: ink]) }
}

/// One of the colours of the ground that the app stands on.
typealias Ink = KeyPath<Colors, Rgba> & Sendable

extension Color {
    init(_ color: Rgba) { self.init(red: color.red, green: color.green, blue: color.blue, opacity: color.alpha) }
}

private struct LookKey: EnvironmentKey {
    static let defaultValue = Look(elder: false, dark: false, stacked: false, speech: Chinese())
}

/// Makes a picture of a JPEG, turned upright as its EXIF says.
public typealias Pictures = @MainActor @Sendable (Data, UInt32) -> Image?

private struct PicturesKey: EnvironmentKey {
    static let defaultValue: Pictures = { _, _ in nil }
}

extension EnvironmentValues {
    var look: Look {
        get { self[LookKey.self] }
        set { self[LookKey.self] = newValue }
    }

    /// The platform's own decoder.
    public var pictures: Pictures {
        get { self[PicturesKey.self] }
        set { self[PicturesKey.self] = newValue }
    }
}

/// A text in one of the roles; it grows with this person's letters as far as its cap.
struct Say: View {
    @Environment(\.look) private var look
    @ScaledMetric(relativeTo: .body) private var hundred = 100.0
    private let text: String
    private let role: KeyPath<TypeRoles, TypeRole>
    private let ink: Ink

    init(_ text: String, _ role: KeyPath<TypeRoles, TypeRole> = \.body, _ ink: Ink = \.text) {
        self.text = text
        self.role = role
        self.ink = ink
    }

    var body: some View {
        Text(verbatim: text).font(look.type[keyPath: role].font(grown: hundred / 100)).foregroundStyle(look.color(ink))
    }
}

extension TypeRole {
    /// A role grows with this person's letters as far as its cap.
    func font(grown: Double) -> Font {
        let font = Font.system(size: size * min(grown, cap), weight: strong ? .semibold : .regular)
        return figures ? font.monospacedDigit() : font
    }
}

/// A symbol beside words: they say what it shows, so it says nothing itself.
struct Symbol: View {
    @Environment(\.look) private var look
    @ScaledMetric(relativeTo: .body) private var hundred = 100.0
    let name: String
    var size: KeyPath<IconSizes, Double> = \.row
    var ink: Ink = \.text

    var body: some View {
        // Symbols grow with the words beside them, but not as far.
        let side = look.icons[keyPath: size] * min(hundred / 100, 1.5)
        Image(systemName: name).font(.system(size: side * 0.8)).frame(minWidth: side, minHeight: side)
            .foregroundStyle(look.color(ink)).accessibilityHidden(true)
    }
}
