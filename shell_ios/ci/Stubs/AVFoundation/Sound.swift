public typealias AudioFormatID = UInt32
public let kAudioFormatMPEG4AAC: AudioFormatID = 0x6161_6320
public let AVFormatIDKey = "AVFormatIDKey"
public let AVSampleRateKey = "AVSampleRateKey"
public let AVNumberOfChannelsKey = "AVNumberOfChannelsKey"
public let AVEncoderBitRateKey = "AVEncoderBitRateKey"

open class AVAudioApplication: NSObject {
    open class func requestRecordPermission() async -> Bool { false }
}

open class AVAudioSession: NSObject {
    public struct Category: RawRepresentable, Hashable, Sendable {
        public let rawValue: String

        public init(rawValue: String) { self.rawValue = rawValue }

        public static let playback = Category(rawValue: "AVAudioSessionCategoryPlayback")
        public static let record = Category(rawValue: "AVAudioSessionCategoryRecord")
    }

    public struct Mode: RawRepresentable, Hashable, Sendable {
        public let rawValue: String

        public init(rawValue: String) { self.rawValue = rawValue }

        public static let `default` = Mode(rawValue: "AVAudioSessionModeDefault")
        public static let spokenAudio = Mode(rawValue: "AVAudioSessionModeSpokenAudio")
    }

    public struct CategoryOptions: OptionSet, Sendable {
        public let rawValue: UInt

        public init(rawValue: UInt) { self.rawValue = rawValue }

        public static let duckOthers = CategoryOptions(rawValue: 1 << 1)
    }

    public struct SetActiveOptions: OptionSet, Sendable {
        public let rawValue: UInt

        public init(rawValue: UInt) { self.rawValue = rawValue }

        public static let notifyOthersOnDeactivation = SetActiveOptions(rawValue: 1)
    }

    open class func sharedInstance() -> AVAudioSession { AVAudioSession() }
    open func setCategory(_ category: Category, mode: Mode, options: CategoryOptions = []) throws {}
    open func setActive(_ active: Bool, options: SetActiveOptions = []) throws {}
}

open class AVAudioRecorder: NSObject {
    public let url: URL

    public init(url: URL, settings: [String: Any]) throws { self.url = url }
    open func record(forDuration duration: TimeInterval) -> Bool { false }
    open func stop() {}
    @discardableResult
    open func deleteRecording() -> Bool { false }
}

public typealias AVAudioFramePosition = Int64

open class AVAudioFile: NSObject {
    public init(forReading fileURL: URL) throws {}
    open var length: AVAudioFramePosition { 0 }
}

open class AVSpeechSynthesisVoice: NSObject {
    public init?(language languageCode: String?) {}
}

open class AVSpeechUtterance: NSObject {
    open var voice: AVSpeechSynthesisVoice?
    public init(string: String) {}
}

public enum AVSpeechBoundary: Int, Sendable { case immediate, word }

open class AVSpeechSynthesizer: NSObject {
    open func speak(_ utterance: AVSpeechUtterance) {}
    @discardableResult
    open func stopSpeaking(at boundary: AVSpeechBoundary) -> Bool { false }
}
