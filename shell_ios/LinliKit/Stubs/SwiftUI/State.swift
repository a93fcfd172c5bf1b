/// A property that finds its value by where its view stands.
@MainActor
protocol _Linked {
    func _link(_ pen: Pen, _ place: String)
}

@MainActor
@propertyWrapper
public struct State<Value>: _Linked {
    private final class Box {
        let first: Value
        var cell: _Cell<Value>?

        init(_ first: Value) { self.first = first }
    }

    private let box: Box

    public init(wrappedValue: Value) { box = Box(wrappedValue) }
    public init(initialValue: Value) { box = Box(initialValue) }

    public var wrappedValue: Value {
        get { box.cell?.value ?? box.first }
        nonmutating set { box.cell?.value = newValue }
    }

    public var projectedValue: Binding<Value> {
        Binding(get: { wrappedValue }, set: { wrappedValue = $0 })
    }

    func _link(_ pen: Pen, _ place: String) { box.cell = pen.host._cell(place) { box.first } }
}

extension State where Value: ExpressibleByNilLiteral {
    public init() { self.init(wrappedValue: nil) }
}

@MainActor
@propertyWrapper
@dynamicMemberLookup
public struct Binding<Value> {
    private let get: @MainActor () -> Value
    private let set: @MainActor (Value) -> Void

    init(get: @escaping @MainActor () -> Value, set: @escaping @MainActor (Value) -> Void) {
        self.get = get
        self.set = set
    }

    public var wrappedValue: Value {
        get { get() }
        nonmutating set { set(newValue) }
    }

    public var projectedValue: Binding<Value> { self }

    public static func constant(_ value: Value) -> Binding<Value> { Binding(get: { value }, set: { _ in }) }

    public subscript<Part>(dynamicMember part: WritableKeyPath<Value, Part>) -> Binding<Part> {
        Binding<Part>(get: { get()[keyPath: part] }) {
            var whole = get()
            whole[keyPath: part] = $0
            set(whole)
        }
    }
}

@MainActor
@propertyWrapper
@dynamicMemberLookup
public struct Bindable<Value: AnyObject> {
    public let wrappedValue: Value

    public init(wrappedValue: Value) { self.wrappedValue = wrappedValue }
    public init(_ wrappedValue: Value) { self.wrappedValue = wrappedValue }
    public var projectedValue: Bindable<Value> { self }

    public subscript<Part>(dynamicMember part: ReferenceWritableKeyPath<Value, Part>) -> Binding<Part> {
        Binding(get: { wrappedValue[keyPath: part] }, set: { wrappedValue[keyPath: part] = $0 })
    }
}

/// A measure that grows with this person's letters.
@MainActor
@propertyWrapper
public struct ScaledMetric<Value: BinaryFloatingPoint>: _Linked {
    private final class Box { var by = 1.0 }

    private let box = Box()
    private let base: Value

    public init(wrappedValue: Value, relativeTo style: Font.TextStyle) { base = wrappedValue }

    public var wrappedValue: Value { base * Value(box.by) }

    func _link(_ pen: Pen, _ place: String) { box.by = pen.environment.dynamicTypeSize.growth }
}

@MainActor
@propertyWrapper
public struct Environment<Value>: _Linked {
    private final class Box { var values = EnvironmentValues() }

    private let box = Box()
    private let path: KeyPath<EnvironmentValues, Value>

    public init(_ path: KeyPath<EnvironmentValues, Value>) { self.path = path }

    public var wrappedValue: Value { box.values[keyPath: path] }

    func _link(_ pen: Pen, _ place: String) { box.values = pen.environment }
}

public protocol EnvironmentKey {
    associatedtype Value
    static var defaultValue: Value { get }
}

public struct EnvironmentValues {
    private var kept: [ObjectIdentifier: Any] = [:]
    var font: Font?
    var pulls = _Pulls()
    public var isEnabled = true
    public var colorScheme = ColorScheme.light
    public var dynamicTypeSize = DynamicTypeSize.large
    public var accessibilityReduceMotion = false
    /// What the system itself writes on the way back; on a phone, the page before.
    public var _back = "Back"

    public init() {}

    public subscript<Key: EnvironmentKey>(key: Key.Type) -> Key.Value {
        get { kept[ObjectIdentifier(key)] as? Key.Value ?? Key.defaultValue }
        set { kept[ObjectIdentifier(key)] = newValue }
    }
}

public enum ColorScheme: Sendable { case light, dark }

public enum DynamicTypeSize: Int, Comparable, Sendable {
    case xSmall, small, medium, large, xLarge, xxLarge, xxxLarge
    case accessibility1, accessibility2, accessibility3, accessibility4, accessibility5

    public static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }

    public var isAccessibilitySize: Bool { self >= .accessibility1 }

    /// How much larger than usual letters of the body are: from Apple's table of type sizes, body is 17 points at large.
    var growth: Double {
        [14, 15, 16, 17, 19, 21, 23, 28, 33, 40, 47, 53][rawValue] / 17
    }
}
