import Foundation
import Security

/// What the app keeps cannot be opened any more. Nothing is deleted or made anew: that is for the person to say.
struct KeyLost: Error {}

/// The bytes that the core seals its device keys with.
///
/// They open without the person, so that rounds can run while the phone is locked. The Keychain outlives the app: who
/// installs it anew finds the old ones, which is as good as new ones.
struct PlatformKey {
    let core: URL
    private let secret = Secret(name: "platform-key")

    init(core: URL) { self.core = core }

    /// Fails with `KeyLost` where there is data and no key to it; other failures may pass.
    func open() throws -> Data {
        guard let bytes = try secret.read() else {
            if hasData { throw KeyLost() }
            return try secret.make([kSecAttrAccessible as String: kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly])
        }
        if bytes.count != Secret.size { throw KeyLost() }
        return bytes
    }

    private var hasData: Bool {
        let found = try? FileManager.default.contentsOfDirectory(atPath: core.path)
        return !(found ?? []).isEmpty
    }
}
