/// What keeps the state of views between two drawings.
@MainActor
public protocol _Keeper: AnyObject {
    func _cell<Value>(_ place: String, _ first: () -> Value) -> _Cell<Value>
    func _effect(_ place: String, _ effect: _Effect)
}

/// The value behind a property of a view.
public final class _Cell<Value> {
    var value: Value

    init(_ value: Value) { self.value = value }
}

/// What happens when a view comes, changes or goes.
@MainActor
public struct _Effect {
    var id: AnyHashable?
    var appear: (() -> Void)?
    var disappear: (() -> Void)?
    var change: (() -> Void)?
    var task: (@Sendable () async -> Void)?
}

/// Shows a view as a phone does: keeps its state, and runs what has to happen when views come and go.
@MainActor
public final class Glass<Root: View>: _Keeper {
    private let root: Root
    private let environment: EnvironmentValues
    private var cells: [String: AnyObject] = [:]
    private var visited: Set<String> = []
    private var effects: [String: _Effect] = [:]
    private var tasks: [String: Task<Void, Never>] = [:]
    private var now: [String: _Effect] = [:]
    private var pulls: [@Sendable () async -> Void] = []

    public init(_ root: Root, _ set: (inout EnvironmentValues) -> Void = { _ in }) {
        self.root = root
        var environment = EnvironmentValues()
        set(&environment)
        self.environment = environment
    }

    /// Draws until nothing more happens by itself.
    public func draw() -> Node {
        for _ in 0..<Self.mostDrawings {
            let top = drawn()
            if !settle() { return top }
        }
        fatalError("the screen changes itself for ever:\n\(drawn().told())")
    }

    /// Pulls the page down.
    public func pull() async {
        _ = draw()
        for pull in pulls { await pull() }
    }

    /// The app's process ends: nothing is told to the views.
    public func end() {
        tasks.values.forEach { $0.cancel() }
        tasks = [:]
    }

    private func drawn() -> Node {
        visited = []
        now = [:]
        let top = Node("Screen")
        var environment = environment
        environment.pulls = _Pulls()
        let pen = Pen(self, top, environment)
        root._draw(pen)
        // A sheet covers what is under it; the last one is on top.
        while !pen.sheets.isEmpty {
            let sheet = pen.sheets.removeFirst()
            top.children.removeAll()
            sheet()
        }
        cells = cells.filter { visited.contains($0.key) }
        pulls = environment.pulls.all
        // Views keep the environment, and what is pulled keeps views.
        environment.pulls.all = []
        return top
    }

    private func settle() -> Bool {
        let before = effects
        effects = now
        var happened = false
        for (place, effect) in before where now[place] == nil {
            tasks.removeValue(forKey: place)?.cancel()
            effect.disappear.map {
                $0(); happened = true
            }
        }
        for (place, effect) in now {
            let old = before[place]
            if old == nil {
                effect.appear.map {
                    $0(); happened = true
                }
            }
            if let old, old.id != effect.id {
                effect.change.map {
                    $0(); happened = true
                }
            }
            guard let task = effect.task, old == nil || old?.id != effect.id else { continue }
            tasks[place]?.cancel()
            tasks[place] = Task { await task() }
        }
        return happened
    }

    public func _cell<Value>(_ place: String, _ first: () -> Value) -> _Cell<Value> {
        visited.insert(place)
        if let cell = cells[place] as? _Cell<Value> { return cell }
        let cell = _Cell(first())
        cells[place] = cell
        return cell
    }

    public func _effect(_ place: String, _ effect: _Effect) {
        var place = place
        while now[place] != nil { place += "'" }
        now[place] = effect
    }

    private static var mostDrawings: Int { 50 }
}

/// What can be pulled down on the page that is shown.
@MainActor
final class _Pulls {
    var all: [@Sendable () async -> Void] = []

    nonisolated init() {}
}
