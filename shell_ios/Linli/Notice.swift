import Foundation

/// What the app itself says; the words stand in `shared/i18n`, in `[platform]`.
enum Notice: String, CaseIterable {
    case keyLost = "key_lost"
    case noScreenLock = "no_screen_lock"
    case noVoice = "no_voice"
    case notAllowed = "not_allowed"
    case notPossible = "not_possible"
    case notStarted = "not_started"
    case reminders = "channel_reminders"

    /// Nothing as the language: the phone's.
    func said(in language: String?) -> String {
        let name = language == "zh" ? "zh-Hans" : language
        let folder = name.flatMap { Bundle.main.path(forResource: $0, ofType: "lproj") }
        let bundle = folder.flatMap(Bundle.init(path:)) ?? .main
        return bundle.localizedString(forKey: rawValue, value: nil, table: nil)
    }
}
