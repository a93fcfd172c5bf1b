public struct ButtonRole: Sendable {
    public static let destructive = ButtonRole()
    public static let cancel = ButtonRole()
}

public struct Button<Label: View>: _Drawn {
    let act: @MainActor () -> Void
    let label: Label

    public init(action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> Label) {
        act = action
        self.label = label()
    }

    public init(
        role: ButtonRole?, action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> Label
    ) {
        self.init(action: action, label: label)
    }

    public func _draw(_ pen: Pen) {
        let node = pen.inside("Button") { label._draw(pen) }
        node.act = act
        // What a finger hits is as large as what is drawn.
        node.minHeight = node.all.compactMap(\.minHeight).max()
        node.minWidth = node.all.compactMap(\.minWidth).max()
        node.traits.insert(.isButton)
    }
}

/// A symbol and its words; only one of both may be seen, both are said.
public struct Label<Title: View, Icon: View>: _Drawn {
    let title: Title
    let icon: Icon

    public init(@ViewBuilder title: () -> Title, @ViewBuilder icon: () -> Icon) {
        self.title = title()
        self.icon = icon()
    }

    public func _draw(_ pen: Pen) {
        pen.inside("Label") {
            pen.step("icon") { icon._draw(pen) }
            pen.step("title") { title._draw(pen) }
        }
    }
}

public struct TextField<Label: View>: _Drawn {
    let label: String
    let text: Binding<String>

    public func _draw(_ pen: Pen) {
        let node = pen.put("TextField")
        node.label = label
        node.text = text
        node.letters = pen.environment.font?.points
    }
}

extension TextField where Label == Text {
    @_disfavoredOverload
    public init<Title: StringProtocol>(_ title: Title, text: Binding<String>, axis: Axis) {
        label = String(title)
        self.text = text
    }
}

public struct Menu<Label: View, Content: View>: _Drawn {
    let content: Content
    let label: Label

    public init(@ViewBuilder content: () -> Content, @ViewBuilder label: () -> Label) {
        self.content = content()
        self.label = label()
    }

    /// What opens is drawn as open: a tap on it and one on a line of it are one for a test.
    public func _draw(_ pen: Pen) {
        pen.inside("Menu") {
            pen.step("label") { label._draw(pen) }
            pen.inside("Lines") { pen.step("lines") { content._draw(pen) } }.asTheSystemHasIt()
        }
    }
}

/// UIKit's; SwiftUI brings it along.
public enum UIKeyboardType: Int, Sendable {
    case `default` = 0
    case numberPad = 4
    case decimalPad = 8
}

public protocol PrimitiveButtonStyle {}
public struct PlainButtonStyle: PrimitiveButtonStyle {}
extension PrimitiveButtonStyle where Self == PlainButtonStyle { public static var plain: Self { Self() } }

extension View {
    public func keyboardType(_ type: UIKeyboardType) -> some View { self }

    public func buttonStyle<Style: PrimitiveButtonStyle>(_ style: Style) -> some View { self }

    public func disabled(_ disabled: Bool) -> some View {
        _Changed(content: self) { pen, draw in
            pen.with(\.isEnabled, pen.environment.isEnabled && !disabled, draw)
        }
    }

    public func lineLimit<Lines: RangeExpression>(_ lines: Lines) -> some View where Lines.Bound == Int { self }

    public func lineLimit(_ number: Int?) -> some View { self }

    public func minimumScaleFactor(_ factor: CGFloat) -> some View { self }

    public func swipeActions<Content: View>(
        edge: HorizontalEdge = .trailing, allowsFullSwipe: Bool = true, @ViewBuilder content: () -> Content
    ) -> some View { hanging("Swipe", content()) }

    public func contextMenu<Content: View>(@ViewBuilder menuItems: () -> Content) -> some View {
        hanging("Held", menuItems())
    }

    private func hanging<Content: View>(_ kind: String, _ content: Content) -> some View {
        _Changed(content: self) { pen, draw in
            let row = pen.wrapping("Row", draw)
            pen.inside(row) {
                pen.inside(kind) { pen.step(kind) { content._draw(pen) } }.asTheSystemHasIt()
            }
        }
    }
}
