import Foundation
import LocalAuthentication
import Security

/// Asks for face, finger or passcode, and believes it only when the Keychain does.
///
/// The bytes of this name come out only after the phone itself knew its person: so an answer that did not come from the
/// system opens nothing.
enum Presence {
    private static let secret = Secret(name: "presence")

    /// A person who gave up is told nothing.
    struct Outcome: Equatable, Sendable {
        var proven = false
        var notice: Notice?
    }

    static func prove(why: String) async -> Outcome {
        guard LAContext().canEvaluatePolicy(.deviceOwnerAuthentication, error: nil) else {
            return Outcome(notice: .noScreenLock)
        }
        // The Keychain waits for the person.
        return await Task.detached { open(why) }.value
    }

    private static func open(_ why: String) -> Outcome {
        let context = LAContext()
        context.localizedReason = why
        do {
            // It goes when the passcode is taken off. Nothing is wrapped by it yet: a new one will do.
            if try secret.read(context) == nil { return try made(context) }
            return Outcome(proven: true)
        } catch {
            return refused(error)
        }
    }

    /// A new one is read back, too: only that asks the person.
    private static func made(_ context: LAContext) throws -> Outcome {
        let flags: SecAccessControlCreateFlags = [.biometryCurrentSet, .or, .devicePasscode]
        let protection = kSecAttrAccessibleWhenPasscodeSetThisDeviceOnly
        guard let control = SecAccessControlCreateWithFlags(nil, protection, flags, nil) else {
            return Outcome(notice: .notPossible)
        }
        _ = try secret.make([kSecAttrAccessControl as String: control])
        return Outcome(proven: try secret.read(context) != nil)
    }

    private static func refused(_ error: any Error) -> Outcome {
        let status = (error as? KeychainRefused)?.status
        if status == errSecUserCanceled || status == errSecAuthFailed { return Outcome() }
        Log.app.error("presence: \(String(describing: error), privacy: .public)")
        return Outcome(notice: .notPossible)
    }
}
