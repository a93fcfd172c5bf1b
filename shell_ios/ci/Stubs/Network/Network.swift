// A stand-in for Apple's Network: what the app uses of it.
@_exported import Dispatch

public struct NWPath: Sendable {
    public enum Status: Sendable { case satisfied, unsatisfied, requiresConnection }

    public let status: Status
}

public final class NWPathMonitor {
    public var pathUpdateHandler: (@Sendable (_ newPath: NWPath) -> Void)?

    public init() {}
    public func start(queue: DispatchQueue) {}
    public func cancel() {}
}
