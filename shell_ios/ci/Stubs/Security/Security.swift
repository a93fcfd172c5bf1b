// A stand-in for Apple's Security: a Keychain that forgets when the tests end. The types of Core Foundation are those that
// Swift turns them into on a phone.
@_exported import Foundation

public typealias CFTypeRef = Any
public typealias CFString = String
public typealias CFDictionary = [String: Any]
public typealias OSStatus = Int32

public let errSecSuccess: OSStatus = 0
public let errSecUserCanceled: OSStatus = -128
public let errSecAuthFailed: OSStatus = -25293
public let errSecDuplicateItem: OSStatus = -25299
public let errSecItemNotFound: OSStatus = -25300

public let kSecClass: CFString = "class"
public let kSecClassGenericPassword: CFString = "genp"
public let kSecAttrService: CFString = "svce"
public let kSecAttrAccount: CFString = "acct"
public let kSecAttrSynchronizable: CFString = "sync"
public let kSecAttrAccessible: CFString = "pdmn"
public let kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly: CFString = "cku"
public let kSecAttrAccessibleWhenPasscodeSetThisDeviceOnly: CFString = "akpu"
public let kSecAttrAccessControl: CFString = "accc"
public let kSecReturnData: CFString = "r_Data"
public let kSecValueData: CFString = "v_Data"
public let kSecMatchLimit: CFString = "m_Limit"
public let kSecMatchLimitOne: CFString = "m_LimitOne"
public let kSecUseAuthenticationContext: CFString = "u_AuthCtx"

public final class SecAccessControl {
    public let protection: CFTypeRef
    public let flags: SecAccessControlCreateFlags

    init(_ protection: CFTypeRef, _ flags: SecAccessControlCreateFlags) {
        self.protection = protection
        self.flags = flags
    }
}

public struct SecAccessControlCreateFlags: OptionSet, Sendable {
    public let rawValue: UInt

    public init(rawValue: UInt) { self.rawValue = rawValue }

    public static let biometryCurrentSet = SecAccessControlCreateFlags(rawValue: 1 << 3)
    public static let devicePasscode = SecAccessControlCreateFlags(rawValue: 1 << 4)
    public static let or = SecAccessControlCreateFlags(rawValue: 1 << 14)
}

public final class CFAllocator {}
public final class CFError {}

public func SecAccessControlCreateWithFlags(
    _ allocator: CFAllocator?, _ protection: CFTypeRef, _ flags: SecAccessControlCreateFlags,
    _ error: UnsafeMutablePointer<Unmanaged<CFError>?>?
) -> SecAccessControl? { SecAccessControl(protection, flags) }

public struct SecRandomRef: Sendable {}
public let kSecRandomDefault: SecRandomRef? = nil

public func SecRandomCopyBytes(_ rnd: SecRandomRef?, _ count: Int, _ bytes: UnsafeMutableRawPointer) -> Int32 {
    for place in 0..<count { bytes.storeBytes(of: UInt8.random(in: 0...255), toByteOffset: place, as: UInt8.self) }
    return errSecSuccess
}

/// What the tests see of it, and how they make it refuse.
public final class _Keychain: @unchecked Sendable {
    public static let shared = _Keychain()
    private let lock = NSLock()
    private var kept: [String: CFDictionary] = [:]
    private var refusal: OSStatus?

    public var items: [String: CFDictionary] {
        get { lock.withLock { kept } }
        set { lock.withLock { kept = newValue } }
    }

    public var refuses: OSStatus? {
        get { lock.withLock { refusal } }
        set { lock.withLock { refusal = newValue } }
    }
}

private func place(_ query: CFDictionary) -> String { query[kSecAttrAccount] as? String ?? "" }

public func SecItemAdd(_ attributes: CFDictionary, _ result: UnsafeMutablePointer<CFTypeRef?>?) -> OSStatus {
    let keychain = _Keychain.shared
    if let refuses = keychain.refuses { return refuses }
    if keychain.items[place(attributes)] != nil { return errSecDuplicateItem }
    keychain.items[place(attributes)] = attributes
    return errSecSuccess
}

public func SecItemCopyMatching(_ query: CFDictionary, _ result: UnsafeMutablePointer<CFTypeRef?>?) -> OSStatus {
    let keychain = _Keychain.shared
    if let refuses = keychain.refuses { return refuses }
    guard let item = keychain.items[place(query)] else { return errSecItemNotFound }
    result?.pointee = item[kSecValueData]
    return errSecSuccess
}
