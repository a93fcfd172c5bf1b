import Observation

/// One part of what the core shows, read anew when the core says that it moved.
@MainActor
@Observable
public final class Slice<Shown: Equatable & Sendable> {
    public private(set) var now: Shown
    @ObservationIgnored private let bit: UInt32
    @ObservationIgnored private let read: @Sendable () -> Shown

    init(_ bit: UInt32, _ read: @escaping @Sendable () -> Shown) {
        self.bit = bit
        self.read = read
        now = read()
    }

    /// Reads it anew if it is among what moved.
    public func refresh(_ mask: UInt32) {
        guard mask & bit != 0 else { return }
        let read = read()
        // A screen is drawn anew only if there is something new to see.
        if read != now { now = read }
    }
}
