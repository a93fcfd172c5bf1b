import Foundation
import Shared

/// Hears the core on its own threads, and tells the main one; what moved meanwhile is told together.
final class Ear: Shell, @unchecked Sendable {
    private let lock = NSLock()
    private weak var linli: Linli?
    /// What moved and is not told yet.
    private var moved: UInt32 = 0

    @MainActor
    func listen(_ linli: Linli) {
        lock.withLock { self.linli = linli }
        changed(mask: .max)
    }

    func changed(mask: UInt32) {
        let waits = lock.withLock {
            defer { moved |= mask }
            return moved != 0
        }
        if !waits { Task { @MainActor in tell() } }
    }

    func jobDone(token: UInt64, ok: Bool) {
        Task { @MainActor in linli?.jobDone(token, ok) }
    }

    func host(id: UInt64, kind: UInt32) {
        Task { @MainActor in await linli?.host(id) }
    }

    @MainActor
    private func tell() {
        let mask = lock.withLock {
            defer { moved = 0 }
            return moved
        }
        linli?.refresh(mask)
    }
}
