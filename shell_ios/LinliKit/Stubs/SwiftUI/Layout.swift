public enum HorizontalAlignment: Sendable { case leading, center, trailing }
public enum VerticalAlignment: Sendable { case top, center, bottom, firstTextBaseline }
public enum Edge: Sendable {
    public struct Set: OptionSet, Sendable {
        public let rawValue: Int

        public init(rawValue: Int) { self.rawValue = rawValue }
        public static let leading = Set(rawValue: 1)
        public static let vertical = Set(rawValue: 2)
        public static let horizontal = Set(rawValue: 4)
        public static let all = Set(rawValue: 15)
    }
}
public enum VerticalEdge: Sendable { case top, bottom }
public enum HorizontalEdge: Sendable { case leading, trailing }
public enum Axis: Sendable {
    case horizontal, vertical

    public struct Set: OptionSet, Sendable {
        public let rawValue: Int

        public init(rawValue: Int) { self.rawValue = rawValue }
        public static let horizontal = Set(rawValue: 1)
        public static let vertical = Set(rawValue: 2)
    }
}
public struct Alignment: Sendable {
    public static let center = Alignment()
    public static let leading = Alignment()
}
public struct EdgeInsets: Sendable {
    public init() {}
}
public enum TextAlignment: Sendable { case leading, center, trailing }
public enum ContentMode: Sendable { case fit, fill }

/// Views that hold others, each with its name.
public struct VStack<Content: View>: _Drawn {
    let content: Content

    public init(
        alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content
    ) { self.content = content() }
    public func _draw(_ pen: Pen) { pen.inside("VStack") { content._draw(pen) } }
}

public struct HStack<Content: View>: _Drawn {
    let content: Content

    public init(alignment: VerticalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content) {
        self.content = content()
    }
    public func _draw(_ pen: Pen) { pen.inside("HStack") { content._draw(pen) } }
}

public struct List<Content: View>: _Drawn {
    let content: Content

    public init(@ViewBuilder content: () -> Content) { self.content = content() }
    public func _draw(_ pen: Pen) { pen.inside("List") { content._draw(pen) } }
}

public struct ScrollView<Content: View>: _Drawn {
    let content: Content

    public init(_ axes: Axis.Set = .vertical, showsIndicators: Bool = true, @ViewBuilder content: () -> Content) {
        self.content = content()
    }
    public func _draw(_ pen: Pen) { pen.inside("ScrollView") { content._draw(pen) } }
}

public struct Section<Header: View, Content: View>: _Drawn {
    let header: Header?
    let content: Content

    public init(@ViewBuilder content: () -> Content, @ViewBuilder header: () -> Header) {
        self.header = header()
        self.content = content()
    }
    public func _draw(_ pen: Pen) {
        pen.inside("Section") {
            pen.step("header") { header?._draw(pen) }
            pen.step("rows") { content._draw(pen) }
        }
    }
}

extension Section where Header == EmptyView {
    public init(@ViewBuilder content: () -> Content) {
        header = nil
        self.content = content()
    }
}

public struct Spacer: _Drawn {
    public init(minLength: CGFloat? = nil) {}
    public func _draw(_ pen: Pen) {}
}

/// Columns that fit, of a width that letters give.
public struct GridItem: Sendable {
    public enum Size: Sendable { case flexible(minimum: CGFloat = 10, maximum: CGFloat = .infinity) }

    public init(_ size: Size = .flexible(), spacing: CGFloat? = nil) {}
}

public struct LazyVGrid<Content: View>: _Drawn {
    let content: Content

    public init(columns: [GridItem], spacing: CGFloat? = nil, @ViewBuilder content: () -> Content) {
        self.content = content()
    }
    public func _draw(_ pen: Pen) { pen.inside("Grid") { content._draw(pen) } }
}

public struct GeometryProxy {
    public var size: CGSize { CGSize(width: 320, height: 8) }
}

public struct GeometryReader<Content: View>: _Drawn {
    let content: (GeometryProxy) -> Content

    public init(@ViewBuilder content: @escaping (GeometryProxy) -> Content) { self.content = content }
    public func _draw(_ pen: Pen) { content(GeometryProxy())._draw(pen) }
}

extension View {
    public func padding(_ edges: Edge.Set = .all, _ length: CGFloat? = nil) -> some View { self }
    public func padding(_ length: CGFloat) -> some View { self }

    public func frame(width: CGFloat? = nil, height: CGFloat? = nil) -> some View {
        _Changed(content: self) { pen, draw in
            pen.marking({ $0.fixedHeight = height.map(Double.init) ?? $0.fixedHeight }, draw)
        }
    }

    public func frame(
        minWidth: CGFloat? = nil, maxWidth: CGFloat? = nil, minHeight: CGFloat? = nil, maxHeight: CGFloat? = nil,
        alignment: Alignment = .center
    ) -> some View {
        _Changed(content: self) { pen, draw in
            pen.marking(
                {
                    $0.minHeight = minHeight.map(Double.init) ?? $0.minHeight
                    $0.minWidth = minWidth.map(Double.init) ?? $0.minWidth
                }, draw)
        }
    }

    public func aspectRatio(_ ratio: CGFloat? = nil, contentMode: ContentMode) -> some View { self }
    public func clipShape<Form: Shape>(_ shape: Form) -> some View { self }
    public func contentShape<Form: Shape>(_ shape: Form) -> some View { self }
    public func background<Style: ShapeStyle>(_ style: Style) -> some View { self }
    public func background<Style: ShapeStyle, Form: Shape>(_ style: Style, in shape: Form) -> some View { self }
    public func overlay<Over: View>(@ViewBuilder content: () -> Over) -> some View { self }
    public func listRowInsets(_ insets: EdgeInsets?) -> some View { self }
    public func listRowBackground<Ground: View>(_ ground: Ground?) -> some View { self }
    public func textCase(_ style: Text.Case?) -> some View { self }
    public func scrollContentBackground(_ visibility: Visibility) -> some View { self }

    public func safeAreaInset<Content: View>(
        edge: VerticalEdge, alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil,
        @ViewBuilder content: () -> Content
    ) -> some View {
        let content = content()
        return _Changed(content: self) { pen, draw in
            draw()
            pen.step("inset") { pen.inside("Inset") { content._draw(pen) } }
        }
    }
}

public enum Visibility: Sendable { case automatic, visible, hidden }

public protocol ListStyle {}
public struct InsetGroupedListStyle: ListStyle {}
extension ListStyle where Self == InsetGroupedListStyle { public static var insetGrouped: Self { Self() } }
extension View {
    public func listStyle<Style: ListStyle>(_ style: Style) -> some View { self }
}
