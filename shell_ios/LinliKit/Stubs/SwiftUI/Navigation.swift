public struct NavigationStack<Content: View, Step: Hashable>: _Drawn {
    let path: Binding<[Step]>
    let content: Content

    public init(path: Binding<[Step]>, @ViewBuilder root: () -> Content) {
        self.path = path
        content = root()
    }

    public func _draw(_ pen: Pen) {
        let stack = pen.put("NavigationStack")
        let before = (pen.destinations, pen.isCovered)
        let steps = path.wrappedValue
        draw(pen, stack, isTop: steps.isEmpty) { pen.step("root") { content._draw(pen) } }
        for (depth, step) in steps.enumerated() {
            draw(pen, stack, isTop: depth == steps.count - 1) {
                back(pen)
                pen.step("\(depth) \(step)") { pen.destinations[ObjectIdentifier(Step.self)]?(step, pen) }
            }
        }
        (pen.destinations, pen.isCovered) = before
    }

    /// Pages under another are kept, and not seen.
    private func draw(_ pen: Pen, _ stack: Node, isTop: Bool, _ page: () -> Void) {
        let covered = pen.isCovered
        pen.isCovered = covered || !isTop
        pen.inside(isTop ? stack : Node("covered"), page)
        pen.isCovered = covered
    }

    private func back(_ pen: Pen) {
        let button = pen.put("Back", pen.environment._back)
        button.traits = .isButton
        button.asTheSystemHasIt()
        button.act = { _ = path.wrappedValue.popLast() }
    }
}

public struct TabView<Selection: Hashable, Content: View>: _Drawn {
    let selection: Binding<Selection>
    let content: Content

    public init(selection: Binding<Selection>, @ViewBuilder content: () -> Content) {
        self.selection = selection
        self.content = content()
    }

    public func _draw(_ pen: Pen) {
        let tabs = pen.put("TabView")
        let bar = Node("TabBar")
        let before = pen.environment.tabs
        pen.environment.tabs = _Tabs(
            bar: bar, isShown: { $0 == AnyHashable(selection.wrappedValue) },
            choose: { if let tag = $0.base as? Selection { selection.wrappedValue = tag } })
        pen.inside(tabs) { content._draw(pen) }
        pen.environment.tabs = before
        tabs.children.append(bar)
    }
}

/// The bar that a page of a tab puts its own button on.
@MainActor
final class _Tabs {
    let bar: Node
    let isShown: (AnyHashable) -> Bool
    let choose: @MainActor (AnyHashable) -> Void
    var badge = 0

    init(bar: Node, isShown: @escaping (AnyHashable) -> Bool, choose: @escaping @MainActor (AnyHashable) -> Void) {
        self.bar = bar
        self.isShown = isShown
        self.choose = choose
    }
}

private struct TabsKey: EnvironmentKey {
    static var defaultValue: _Tabs? { nil }
}

private struct TabBadgeKey: EnvironmentKey {
    static let defaultValue = 0
}

extension EnvironmentValues {
    var tabs: _Tabs? {
        get { self[TabsKey.self] }
        set { self[TabsKey.self] = newValue }
    }

    var tabBadge: Int {
        get { self[TabBadgeKey.self] }
        set { self[TabBadgeKey.self] = newValue }
    }
}

extension View {
    /// A page of a tab: its button stands on the bar, the page itself is seen while it is chosen.
    public func tag<Tag: Hashable>(_ tag: Tag) -> some View {
        _Changed(content: self) { pen, draw in
            guard let tabs = pen.environment.tabs else { return draw() }
            let isShown = tabs.isShown(AnyHashable(tag))
            let covered = pen.isCovered
            pen.isCovered = covered || !isShown
            let page = isShown ? pen.node : Node("covered")
            let from = tabs.bar.children.count
            pen.with(\.tabs, tabs) { pen.inside(page, draw) }
            pen.isCovered = covered
            guard let button = tabs.bar.children[from...].first else { return }
            button.act = { [choose = tabs.choose] in choose(AnyHashable(tag)) }
            if isShown { button.traits.insert(.isSelected) }
        }
    }

    public func tabItem<Item: View>(@ViewBuilder _ item: () -> Item) -> some View {
        let item = item()
        return _Changed(content: self) { pen, draw in
            if let bar = pen.environment.tabs?.bar {
                let button = Node("Tab")
                button.traits = .isButton
                button.minHeight = .infinity
                pen.inside(button) { pen.with(\.font, nil) { item._draw(pen) } }
                if pen.environment.tabBadge > 0 {
                    pen.inside(button) { pen.with(\.font, nil) { _ = pen.put("Badge", "\(pen.environment.tabBadge)") } }
                }
                bar.children.append(button)
            }
            pen.with(\.tabs, nil) { pen.with(\.tabBadge, 0, draw) }
        }
    }

    public func badge(_ count: Int) -> some View {
        _Changed(content: self) { pen, draw in pen.with(\.tabBadge, count, draw) }
    }

    public func navigationDestination<Step: Hashable, Page: View>(
        for step: Step.Type, @ViewBuilder destination: @escaping (Step) -> Page
    ) -> some View {
        _Changed(content: self) { pen, draw in
            pen.destinations[ObjectIdentifier(Step.self)] = { value, pen in
                if let value = value as? Step { destination(value)._draw(pen) }
            }
            draw()
        }
    }

    @_disfavoredOverload
    public func navigationTitle<Title: StringProtocol>(_ title: Title) -> some View {
        _Changed(content: self) { pen, draw in
            let node = pen.put("Title", String(title))
            node.traits = .isHeader
            node.asTheSystemHasIt()
            draw()
        }
    }

    public func toolbar<Content: ToolbarContent>(@ToolbarContentBuilder content: () -> Content) -> some View {
        let content = content()
        return _Changed(content: self) { pen, draw in
            pen.step("toolbar") { pen.inside("Toolbar") { content._draw(pen) } }
            draw()
        }
    }

    public func sheet<Item: Identifiable, Page: View>(
        item: Binding<Item?>, onDismiss: (() -> Void)? = nil, @ViewBuilder content: @escaping (Item) -> Page
    ) -> some View {
        _Changed(content: self) { pen, draw in
            draw()
            guard let shown = item.wrappedValue else { return }
            let (path, environment) = (pen.path, pen.environment)
            pen.sheets.append {
                (pen.path, pen.environment) = (path, environment)
                pen.step("sheet \(shown.id)") { pen.inside("Sheet") { content(shown)._draw(pen) } }
            }
        }
    }

    /// The system's own field; it is drawn while it is searched in.
    public func searchable(text: Binding<String>, isPresented: Binding<Bool>, prompt: Text?) -> some View {
        _Changed(content: self) { pen, draw in
            if isPresented.wrappedValue {
                let field = pen.put("SearchField")
                field.label = prompt?.words ?? ""
                field.text = text
                field.minHeight = .infinity
            }
            draw()
        }
    }

    public func refreshable(action: @escaping @Sendable () async -> Void) -> some View {
        _Changed(content: self) { pen, draw in
            if !pen.isCovered { pen.environment.pulls.all.append(action) }
            draw()
        }
    }
}

public struct ToolbarItemPlacement: Sendable {
    public static let primaryAction = ToolbarItemPlacement()
    public static let cancellationAction = ToolbarItemPlacement()
}

@MainActor
public protocol ToolbarContent {
    func _draw(_ pen: Pen)
}

public struct ToolbarItem<Content: View>: ToolbarContent {
    let content: Content

    public init(placement: ToolbarItemPlacement, @ViewBuilder content: () -> Content) { self.content = content() }

    public func _draw(_ pen: Pen) { pen.marking({ $0.asTheSystemHasIt() }) { content._draw(pen) } }
}

@MainActor
@resultBuilder
public struct ToolbarContentBuilder {
    public static func buildBlock<Content: ToolbarContent>(_ content: Content) -> Content { content }
}
