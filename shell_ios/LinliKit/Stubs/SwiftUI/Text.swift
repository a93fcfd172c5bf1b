public struct Font: Sendable {
    public enum TextStyle: Sendable { case body }
    public enum Weight: Sendable { case regular, semibold }

    /// What it is given in, whatever this person's letters are.
    let points: Double

    public static func system(size: CGFloat, weight: Weight? = nil) -> Font { Font(points: size) }

    public func monospacedDigit() -> Font { self }
}

public struct Text: _Drawn {
    public enum Case: Sendable { case uppercase, lowercase }

    let words: String

    public init(verbatim words: String) { self.words = words }

    public func _draw(_ pen: Pen) { pen.put("Text", words) }
}

public struct Image: _Drawn {
    private let name: String

    /// One of Apple's own symbols.
    public init(systemName: String) { name = systemName }

    init(_ name: String) { self.name = name }

    public func resizable() -> Image { self }

    public func _draw(_ pen: Pen) { pen.put("Image \(name)").isHidden = true }

    /// A picture of the tests.
    public static func _picture(_ name: String) -> Image { Image(name) }
}

public protocol ShapeStyle: Sendable {}

/// As Apple has it, not bound to the main actor: so it is a view by an extension.
public struct Color: ShapeStyle {
    public enum RGBColorSpace: Sendable { case sRGB }

    public init(_ space: RGBColorSpace = .sRGB, red: Double, green: Double, blue: Double, opacity: Double = 1) {}
    private init() {}

    public static let clear = Color()
    public static let white = Color()
    public static let black = Color()
}

extension Color: _Drawn {
    public func _draw(_ pen: Pen) { pen.put("Color").isHidden = true }
}

@MainActor
public protocol Shape: View where Body == Never {}

extension Shape {
    public var body: Never { fatalError("has no body") }

    public func _draw(_ pen: Pen) { pen.put("\(Self.self)").isHidden = true }
    public func fill<Style: ShapeStyle>(_ style: Style) -> some View { self }
    public func stroke<Style: ShapeStyle>(_ style: Style, lineWidth: CGFloat = 1) -> some View { self }
}

public struct RoundedRectangle: Shape {
    public init(cornerRadius: CGFloat) {}
}

public struct Capsule: Shape {
    public init() {}
}

public struct Path: Shape {
    public init(_ draw: (inout Path) -> Void) { draw(&self) }

    public mutating func addRect(_ rect: CGRect) {}
}

public struct GraphicsContext {
    public enum Shading {
        public static func color(_ color: Color) -> Shading { .plain }
        case plain
    }

    public func fill(_ path: Path, with shading: Shading) {}
}

public struct Canvas: _Drawn {
    private let draw: (inout GraphicsContext, CGSize) -> Void

    public init(renderer: @escaping (inout GraphicsContext, CGSize) -> Void) { draw = renderer }

    public func _draw(_ pen: Pen) {
        var context = GraphicsContext()
        draw(&context, CGSize(width: 320, height: 320))
        pen.put("Canvas")
    }
}
