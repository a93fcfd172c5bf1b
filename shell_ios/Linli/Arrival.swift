import Foundation
import LinliKit
import Observation
import Shared

/// What comes to the app from outside: an invitation, a receipt that the phone's own camera read, or a load to carry.
///
/// Anybody can send it: so nothing is done with it that its text or file does not prove to the core.
@MainActor
struct Arrival {
    static let scheme = "linli"
    private static let receipt = "\(scheme):receipt/"
    let home: Home

    func take(_ url: URL) {
        if url.isFileURL {
            carry(url)
        } else if let text = Self.text(in: url) {
            read(text)
        }
    }

    static func isReceipt(_ text: String) -> Bool { text.hasPrefix(receipt) }

    /// A web link has it behind the `#`, which no browser and no server of the link's ever gets to see.
    static func text(in url: URL) -> String? {
        switch url.scheme?.lowercased() {
        case scheme:
            // Messengers make a link only of what has two slashes.
            "\(scheme):\(url.absoluteString.dropFirst(scheme.count + 1).trimmingPrefix("//"))"
        case "https":
            url.fragment.map { "\(scheme):\($0)" }
        default:
            nil
        }
    }

    private func read(_ text: String) {
        guard let linli = home.linli else { return }
        Task {
            // Who is a member already is known only once the core has read it.
            while linli.frame.now.version == 0 { await linli.frame.moved() }
            let phase = linli.frame.now.phase
            if Self.isReceipt(text) {
                if phase == .member { home.pages.open(.scanReceipt(text: text)) }
                return
            }
            if phase == .member || phase == .ended { home.pages.open(.join) }
            home.tools.invitation = text
        }
    }

    private func carry(_ load: URL) {
        guard let linli = home.linli, Self.isForeign(load) else { return }
        Task {
            guard let file = await Incoming.take(load) else { return home.tell(.notPossible) }
            linli.send(.carry(file: file.path))
        }
    }

    /// A name in the core's own folder would be opened with this app's own rights.
    private static func isForeign(_ file: URL) -> Bool {
        guard let core = try? Home.folder().resolvingSymlinksInPath().path else { return false }
        let path = file.resolvingSymlinksInPath().path
        return path != core && !path.hasPrefix(core + "/")
    }
}

extension Slice {
    /// Waits until something else is to be seen.
    func moved() async {
        await withCheckedContinuation { next in
            withObservationTracking {
                _ = now
            } onChange: {
                next.resume()
            }
        }
    }
}
