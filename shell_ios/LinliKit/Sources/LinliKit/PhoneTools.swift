import Foundation

/// What the screens ask of the phone itself.
///
/// `nil` and `false` say that nothing came of it: given up, not allowed, or a phone without the part; the phone has told
/// the person why. A file is the caller's to delete; the core takes a copy.
@MainActor
public protocol PhoneTools: AnyObject {
    /// The invitation that a link or another app handed over, until it is taken: observed.
    var invitation: String? { get set }

    func takePhoto() async -> URL?

    func pickPhoto() async -> URL?

    /// Any file, as another app keeps it.
    func pickFile() async -> URL?

    /// Asks for the microphone if need be: so the answer may come late.
    func recordVoice() async -> (any Recording)?

    /// Shows the camera until a QR code is read.
    func scanQr() async -> String?

    /// Reads aloud, instead of what was being read.
    func speak(_ text: String)

    func stopSpeaking()

    /// Plain text, one paragraph a line.
    func print(title: String, text: String)

    /// Asks for face, finger or the phone's passcode, before what cannot be undone.
    func provePresence(why: String) async -> Bool
}

/// A voice note while it is spoken: MPEG-4 with AAC.
@MainActor
public protocol Recording: AnyObject {
    /// The file, or nothing if it was too short to hold a sound.
    func stop() -> URL?

    func cancel()
}
