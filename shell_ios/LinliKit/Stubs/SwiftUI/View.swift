// A stand-in for Apple's SwiftUI, for Linux alone: it draws views as a tree of words that a test can read and touch.
// It has only what the screens use, as narrow as Apple declares it. No layout, no pixels.
@_exported import Foundation
@_exported import Observation

@MainActor @preconcurrency
public protocol View {
    associatedtype Body: View
    @ViewBuilder @MainActor @preconcurrency var body: Body { get }
    @MainActor func _draw(_ pen: Pen)
}

extension View {
    /// A view of the app's own: its state is kept by where it stands.
    public func _draw(_ pen: Pen) {
        pen.step("\(Self.self)") {
            pen.link(self)
            body._draw(pen)
        }
    }
}

extension Never: View {
    public typealias Body = Never
    public var body: Never { fatalError("has no body") }
    public func _draw(_ pen: Pen) {}
}

/// A view that draws itself.
@MainActor
public protocol _Drawn: View where Body == Never {}

extension _Drawn {
    public var body: Never { fatalError("has no body") }
}

/// Something that changes how a view is drawn.
public struct _Changed<Content: View>: _Drawn {
    let content: Content
    let change: @MainActor (Pen, () -> Void) -> Void

    public func _draw(_ pen: Pen) { change(pen) { content._draw(pen) } }
}

public struct EmptyView: _Drawn {
    public init() {}
    public func _draw(_ pen: Pen) {}
}

public struct _Several<each Content: View>: _Drawn {
    let content: (repeat each Content)

    public func _draw(_ pen: Pen) {
        var place = 0
        for view in repeat each content {
            pen.step("\(place)") { view._draw(pen) }
            place += 1
        }
    }
}

public struct _Either<First: View, Second: View>: _Drawn {
    let first: First?
    let second: Second?

    public func _draw(_ pen: Pen) {
        if let first { pen.step("yes") { first._draw(pen) } }
        if let second { pen.step("no") { second._draw(pen) } }
    }
}

extension Optional: View where Wrapped: View {
    public typealias Body = Never
    public var body: Never { fatalError("has no body") }
    public func _draw(_ pen: Pen) { self?._draw(pen) }
}

public struct Group<Content: View>: _Drawn {
    let content: Content

    public init(@ViewBuilder content: () -> Content) { self.content = content() }
    public func _draw(_ pen: Pen) { content._draw(pen) }
}

@MainActor
@resultBuilder
public struct ViewBuilder {
    public static func buildBlock() -> EmptyView { EmptyView() }
    public static func buildExpression<Content: View>(_ content: Content) -> Content { content }
    public static func buildBlock<Content: View>(_ content: Content) -> Content { content }
    public static func buildBlock<each Content: View>(_ content: repeat each Content) -> _Several<repeat each Content> {
        _Several(content: (repeat each content))
    }
    public static func buildIf<Content: View>(_ content: Content?) -> Content? { content }
    public static func buildEither<A: View, B: View>(first: A) -> _Either<A, B> { _Either(first: first, second: nil) }
    public static func buildEither<A: View, B: View>(second: B) -> _Either<A, B> { _Either(first: nil, second: second) }
}

public struct ForEach<Data: RandomAccessCollection, ID: Hashable, Content: View>: _Drawn {
    let data: Data
    let id: (Data.Element) -> ID
    let content: (Data.Element) -> Content

    public init(
        _ data: Data, id: KeyPath<Data.Element, ID>, @ViewBuilder content: @escaping (Data.Element) -> Content
    ) {
        self.data = data
        self.id = { $0[keyPath: id] }
        self.content = content
    }

    public func _draw(_ pen: Pen) {
        var seen: Set<ID> = []
        for element in data {
            let id = id(element)
            precondition(seen.insert(id).inserted, "two rows are called \(id)")
            pen.step("\(id)") { content(element)._draw(pen) }
        }
    }
}

@MainActor
public protocol ViewModifier {
    typealias Content = _Modified
    associatedtype Body: View
    @ViewBuilder @MainActor func body(content: Content) -> Body
}

/// What a modifier is given.
public struct _Modified: _Drawn {
    let draw: @MainActor (Pen) -> Void

    public func _draw(_ pen: Pen) { draw(pen) }
}

extension View {
    public func modifier<Modifier: ViewModifier>(_ modifier: Modifier) -> some View {
        _Changed(content: self) { pen, draw in
            pen.step("\(Modifier.self)") {
                pen.link(modifier)
                withoutActuallyEscaping(draw) { draw in modifier.body(content: _Modified { _ in draw() })._draw(pen) }
            }
        }
    }
}
