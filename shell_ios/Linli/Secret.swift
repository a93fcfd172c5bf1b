import Foundation
import LocalAuthentication
import Security

/// The Keychain would not; it may later, such as once the phone was unlocked.
struct KeychainRefused: Error {
    let status: OSStatus
}

/// 32 random bytes in the Keychain of this phone alone: no backup and no other phone of its person gets them.
struct Secret {
    static let size = 32
    let name: String

    private var place: [String: Any] {
        [
            kSecClass as String: kSecClassGenericPassword,
            kSecAttrService as String: "cn.linli",
            kSecAttrAccount as String: name,
            kSecAttrSynchronizable as String: false,
        ]
    }

    /// Nothing if there is none. With a context the system may ask its person first, and waits: not on the main thread.
    func read(_ context: LAContext? = nil) throws(KeychainRefused) -> Data? {
        var query = place
        query[kSecReturnData as String] = true
        query[kSecMatchLimit as String] = kSecMatchLimitOne
        if let context { query[kSecUseAuthenticationContext as String] = context }
        var found: CFTypeRef?
        let status = SecItemCopyMatching(query as CFDictionary, &found)
        if status == errSecItemNotFound { return nil }
        guard status == errSecSuccess, let bytes = found as? Data else { throw KeychainRefused(status: status) }
        return bytes
    }

    /// Makes it; one that is there already stays, and is refused.
    func make(_ guarded: [String: Any]) throws(KeychainRefused) -> Data {
        var bytes = [UInt8](repeating: 0, count: Self.size)
        var status = SecRandomCopyBytes(kSecRandomDefault, bytes.count, &bytes)
        guard status == errSecSuccess else { throw KeychainRefused(status: status) }
        var item = place.merging(guarded) { $1 }
        item[kSecValueData as String] = Data(bytes)
        status = SecItemAdd(item as CFDictionary, nil)
        guard status == errSecSuccess else { throw KeychainRefused(status: status) }
        return Data(bytes)
    }
}
