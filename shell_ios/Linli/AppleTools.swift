import Foundation
import LinliKit
import Observation
import UIKit
import UniformTypeIdentifiers

/// The phone's parts, as the screens ask for them.
@MainActor
@Observable
final class AppleTools: PhoneTools {
    var invitation: String?
    @ObservationIgnored private unowned let home: Home
    @ObservationIgnored private let aloud = ReadAloud()

    init(home: Home) { self.home = home }

    func takePhoto() async -> URL? {
        guard UIImagePickerController.isSourceTypeAvailable(.camera) else { return told(.notPossible) }
        guard await Eye.isAllowed() else { return told(.notAllowed) }
        return await small(Photos.take())
    }

    func pickPhoto() async -> URL? { await small(Photos.pick()) }

    func pickFile() async -> URL? {
        let chosen: URL? = await Front.ask { asked in
            let page = UIDocumentPickerViewController(forOpeningContentTypes: [.item], asCopy: true)
            let chooser = FileChooser(asked)
            page.delegate = chooser
            asked.keeps.append(chooser)
            return page
        }
        guard let chosen else { return nil }
        return await Incoming.take(chosen) ?? told(.notPossible)
    }

    func recordVoice() async -> (any Recording)? {
        guard await Voice.isAllowed() else { return told(.notAllowed) }
        return Voice.start() ?? told(.notPossible)
    }

    func scanQr() async -> String? {
        guard await Eye.isAllowed() else { return told(.notAllowed) }
        guard let eye = Eye.find() else { return told(.notPossible) }
        return await Front.ask { ScanController(eye: eye, asked: $0) }
    }

    func speak(_ text: String) {
        guard let linli = home.linli else { return }
        if !aloud.speak(text, in: linli.frame.now.language) { home.tell(.noVoice) }
    }

    func stopSpeaking() { aloud.stop() }

    func print(title: String, text: String) {
        if !Printing.print(title: title, text: text) { home.tell(.notPossible) }
    }

    func provePresence(why: String) async -> Bool {
        let outcome = await Presence.prove(why: why)
        if let notice = outcome.notice { home.tell(notice) }
        return outcome.proven
    }

    private func small(_ photo: Photos.Taken?) async -> URL? {
        guard let photo else { return nil }
        return photo.file ?? told(.notPossible)
    }

    /// Nothing came of it, and the person knows why.
    private func told<Value>(_ notice: Notice) -> Value? {
        home.tell(notice)
        return nil
    }
}

private final class FileChooser: NSObject, UIDocumentPickerDelegate {
    private let asked: Asked<URL>

    init(_ asked: Asked<URL>) { self.asked = asked }

    func documentPicker(_ controller: UIDocumentPickerViewController, didPickDocumentsAt urls: [URL]) {
        asked.answer(urls.first)
    }

    func documentPickerWasCancelled(_ controller: UIDocumentPickerViewController) { asked.answer(nil) }
}
