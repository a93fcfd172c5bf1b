/// A piece of what is on the screen.
@MainActor
public final class Node {
    public let kind: String
    /// What stands on it.
    public internal(set) var words = ""
    /// What is said of it to who listens, instead of what stands on it and in it.
    public internal(set) var label: String?
    /// Whether who listens is not told of it.
    public internal(set) var isHidden = false
    /// Whether all in it is one element for who listens.
    public internal(set) var isOne = false
    public internal(set) var traits: AccessibilityTraits = []
    public internal(set) var isEnabled = true
    public internal(set) var act: (@MainActor () -> Void)?
    public internal(set) var text: Binding<String>?
    /// The size of its letters, in points, as large as this person has them.
    public internal(set) var letters: Double?
    public internal(set) var minHeight: Double?
    public internal(set) var minWidth: Double?
    /// A height that does not grow with what is in it.
    public internal(set) var fixedHeight: Double?
    public internal(set) var isAnimated = false
    public internal(set) var children: [Node] = []

    init(_ kind: String) { self.kind = kind }

    /// All words on it and in it, in order.
    public var allWords: [String] {
        if let label { return [label] + (text.map { [$0.wrappedValue] } ?? []) }
        return (words.isEmpty ? [] : [words]) + children.flatMap { $0.isHidden ? [] : $0.allWords }
    }

    /// It and all in it.
    public var all: [Node] { [self] + children.flatMap(\.all) }

    /// What who listens goes through, one by one.
    public var elements: [Node] {
        if isHidden { return [] }
        let isElement = isOne || act != nil || text != nil || label != nil || !words.isEmpty
        if !isElement { return children.flatMap(\.elements) }
        // What hangs on a row, such as what a swipe shows, can be reached by itself.
        return [self] + children.flatMap(\.all).filter { $0.kind == "Swipe" || $0.kind == "Held" }.flatMap(\.children)
    }

    /// It and all in it are as large, and in such letters, as the system has them.
    func asTheSystemHasIt() {
        for node in all { (node.minHeight, node.letters) = (.infinity, nil) }
    }

    /// The screen as text, a piece a line.
    public func told(_ depth: Int = 0) -> String {
        var line = String(repeating: "  ", count: depth) + kind
        if let label { line += " (\(label))" }
        if !words.isEmpty { line += " “\(words)”" }
        if let text { line += " = “\(text.wrappedValue)”" }
        if traits.contains(.isSelected) { line += " chosen" }
        if act != nil && !isEnabled { line += " off" }
        return ([line] + children.map { $0.told(depth + 1) }).joined(separator: "\n")
    }
}

/// Draws views into nodes; it knows where it stands, and what holds there.
@MainActor
public final class Pen {
    let host: any _Keeper
    var node: Node
    var path: String
    var environment: EnvironmentValues
    /// Whether what is drawn is covered by another page: it is kept, and not seen.
    var isCovered = false
    var destinations: [ObjectIdentifier: @MainActor (Any, Pen) -> Void] = [:]
    var bars: [(Node) -> Void] = []
    var sheets: [@MainActor () -> Void] = []
    private var count = 0

    init(_ host: any _Keeper, _ node: Node, _ environment: EnvironmentValues) {
        self.host = host
        self.node = node
        self.environment = environment
        path = ""
    }

    /// Goes one step down to what stands at a place of its own.
    func step(_ name: String, _ draw: () -> Void) {
        let before = path
        path += "/\(name)"
        draw()
        path = before
    }

    @discardableResult
    func put(_ kind: String, _ words: String = "") -> Node {
        let new = Node(kind)
        new.words = words
        new.letters = words.isEmpty ? nil : environment.font?.points
        new.isEnabled = environment.isEnabled
        node.children.append(new)
        return new
    }

    func inside(_ new: Node, _ draw: () -> Void) {
        let before = node
        node = new
        draw()
        node = before
    }

    @discardableResult
    func inside(_ kind: String, _ draw: () -> Void) -> Node {
        let new = put(kind)
        inside(new, draw)
        return new
    }

    /// Draws with something else holding below.
    func with<Value>(_ key: WritableKeyPath<EnvironmentValues, Value>, _ value: Value, _ draw: () -> Void) {
        let before = environment
        environment[keyPath: key] = value
        draw()
        environment = before
    }

    /// Lets a view's properties find what is kept for them.
    func link(_ view: Any) {
        for child in Mirror(reflecting: view).children {
            (child.value as? any _Linked)?._link(self, "\(path).\(child.label ?? "")")
        }
    }

    /// Changes every node that is drawn.
    func marking(_ mark: (Node) -> Void, _ draw: () -> Void) {
        let from = node.children.count
        draw()
        node.children[from...].forEach(mark)
    }

    /// Makes one node of what is drawn, if it is not one already.
    func wrapping(_ kind: String, _ draw: () -> Void) -> Node {
        let from = node.children.count
        draw()
        if node.children.count == from + 1 { return node.children[from] }
        let new = Node(kind)
        new.isEnabled = environment.isEnabled
        new.children = Array(node.children[from...])
        node.children.replaceSubrange(from..., with: [new])
        return new
    }
}
