import Network

/// Tells when the phone has a network again.
@MainActor
final class Online {
    private let came: @MainActor () -> Void
    private var monitor: NWPathMonitor?
    private var isThere = false

    init(came: @escaping @MainActor () -> Void) { self.came = came }

    func watch() {
        // One that was cancelled never starts again.
        let monitor = NWPathMonitor()
        monitor.pathUpdateHandler = { @Sendable [weak self] path in
            let isThere = path.status == .satisfied
            Task { @MainActor in self?.turn(isThere) }
        }
        monitor.start(queue: .main)
        self.monitor = monitor
    }

    func leave() {
        monitor?.cancel()
        monitor = nil
        isThere = false
    }

    private func turn(_ now: Bool) {
        // One more way to the same net is no reason to call.
        if now, !isThere, monitor != nil { came() }
        isThere = now
    }
}
