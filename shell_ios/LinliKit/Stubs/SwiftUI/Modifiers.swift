public struct AccessibilityTraits: OptionSet, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }
    public static let isHeader = Self(rawValue: 1)
    public static let isButton = Self(rawValue: 2)
    public static let isSelected = Self(rawValue: 4)
    public static let updatesFrequently = Self(rawValue: 8)
}

public enum AccessibilityChildBehavior: Sendable { case combine, ignore }

public struct Animation: Sendable {
    public static func timingCurve(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, duration: TimeInterval
    ) -> Animation { Animation() }
}

extension View {
    public func font(_ font: Font?) -> some View {
        _Changed(content: self) { pen, draw in pen.with(\.font, font, draw) }
    }

    public func foregroundStyle<Style: ShapeStyle>(_ style: Style) -> some View { self }
    public func tint(_ tint: Color?) -> some View { self }
    public func multilineTextAlignment(_ alignment: TextAlignment) -> some View { self }

    public func environment<Value>(_ path: WritableKeyPath<EnvironmentValues, Value>, _ value: Value) -> some View {
        _Changed(content: self) { pen, draw in pen.with(path, value, draw) }
    }

    public func animation<Value: Equatable>(_ animation: Animation?, value: Value) -> some View {
        _Changed(content: self) { pen, draw in
            pen.marking({ $0.isAnimated = $0.isAnimated || animation != nil }, draw)
        }
    }

    public func accessibilityLabel(_ label: Text) -> some View {
        _Changed(content: self) { pen, draw in
            pen.marking({ $0.label = label.words }, draw)
        }
    }

    public func accessibilityHidden(_ hidden: Bool) -> some View {
        _Changed(content: self) { pen, draw in pen.marking({ $0.isHidden = hidden }, draw) }
    }

    public func accessibilityElement(children: AccessibilityChildBehavior) -> some View {
        _Changed(content: self) { pen, draw in
            let node = pen.wrapping("One", draw)
            node.isOne = true
        }
    }

    public func accessibilityAddTraits(_ traits: AccessibilityTraits) -> some View {
        _Changed(content: self) { pen, draw in pen.marking({ $0.traits.formUnion(traits) }, draw) }
    }

    public func task(@_inheritActorContext _ action: @escaping @Sendable () async -> Void) -> some View {
        effect(_Effect(task: action))
    }

    /// Begins anew when the value is another.
    public func task<ID: Equatable & Hashable>(
        id: ID, @_inheritActorContext _ action: @escaping @Sendable () async -> Void
    ) -> some View { effect(_Effect(id: id, task: action)) }

    public func onAppear(perform action: (() -> Void)? = nil) -> some View {
        effect(_Effect(appear: action))
    }

    public func onDisappear(perform action: (() -> Void)? = nil) -> some View {
        effect(_Effect(disappear: action))
    }

    public func onChange<Value: Equatable & Hashable>(
        of value: Value, initial: Bool = false, _ action: @escaping () -> Void
    ) -> some View { effect(_Effect(id: value, appear: initial ? action : nil, change: action)) }

    private func effect(_ effect: _Effect) -> some View {
        _Changed(content: self) { pen, draw in
            if !pen.isCovered { pen.host._effect("\(pen.path) \(Self.self)", effect) }
            draw()
        }
    }
}
