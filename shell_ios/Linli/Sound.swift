import AVFoundation
import LinliKit

/// A voice note while it is spoken.
@MainActor
final class Voice: Recording {
    /// Longest voice note (s): five minutes at this rate are a third of what the core takes.
    private static let longest: TimeInterval = 5 * 60
    private static let settings: [String: Any] = [
        AVFormatIDKey: Int(kAudioFormatMPEG4AAC),
        AVSampleRateKey: 44_100,
        AVNumberOfChannelsKey: 1,
        AVEncoderBitRateKey: 32_000,
    ]

    private let recorder: AVAudioRecorder

    private init(_ recorder: AVAudioRecorder) { self.recorder = recorder }

    /// Asks if need be.
    static func isAllowed() async -> Bool { await AVAudioApplication.requestRecordPermission() }

    /// Nothing if the disk is full, or the microphone in another app's hands.
    static func start() -> Voice? {
        let file = Incoming.file("m4a")
        do {
            try AVAudioSession.sharedInstance().setCategory(.record, mode: .default)
            try AVAudioSession.sharedInstance().setActive(true)
            let recorder = try AVAudioRecorder(url: file, settings: settings)
            if recorder.record(forDuration: longest) { return Voice(recorder) }
        } catch {
            Log.app.error("recording: \(String(describing: error), privacy: .public)")
        }
        leave()
        try? FileManager.default.removeItem(at: file)
        return nil
    }

    func stop() -> URL? {
        recorder.stop()
        Self.leave()
        // A file without a single sound cannot even be opened.
        let heard = (try? AVAudioFile(forReading: recorder.url))?.length ?? 0
        if heard > 0 { return recorder.url }
        recorder.deleteRecording()
        return nil
    }

    func cancel() {
        recorder.stop()
        Self.leave()
        recorder.deleteRecording()
    }

    /// Gives the sound back to the app that had it.
    private static func leave() {
        try? AVAudioSession.sharedInstance().setActive(false, options: .notifyOthersOnDeactivation)
    }
}

/// Reads aloud with the voice that the phone brings.
@MainActor
final class ReadAloud {
    private let speaker = AVSpeechSynthesizer()

    /// Whether the phone has a voice for this language.
    func speak(_ text: String, in language: String) -> Bool {
        stop()
        // Without a region the phone might choose Cantonese.
        guard let voice = AVSpeechSynthesisVoice(language: language == "zh" ? "zh-CN" : "en-US") else { return false }
        // Heard with the ringer off, too: somebody asked for it.
        try? AVAudioSession.sharedInstance().setCategory(.playback, mode: .spokenAudio, options: .duckOthers)
        let said = AVSpeechUtterance(string: text)
        said.voice = voice
        speaker.speak(said)
        return true
    }

    func stop() { speaker.stopSpeaking(at: .immediate) }
}
