// A stand-in for Apple's Uniform Type Identifiers: what the app uses of it.

public struct UTType: Hashable, Sendable {
    public let identifier: String

    public static let image = UTType(identifier: "public.image")
    public static let item = UTType(identifier: "public.item")
    public static let jpeg = UTType(identifier: "public.jpeg")
}
