import Foundation
import LinliKit
import LinliUI
import Observation
import Shared
import os

/// One core for the life of the process, opened by whoever comes first: a person or a background task.
@MainActor
@Observable
final class Home {
    /// Nothing until it could be opened.
    private(set) var linli: Linli?
    /// Why it could not. Nothing was deleted.
    private(set) var stopped: Notice?
    @ObservationIgnored let pages = Pages()
    @ObservationIgnored private(set) lazy var tools = AppleTools(home: self)
    /// Whether somebody looks at the app.
    @ObservationIgnored private(set) var isInFront = false
    @ObservationIgnored private lazy var reminders = Reminders(home: self)
    @ObservationIgnored private lazy var rounds = Rounds(home: self)
    @ObservationIgnored private lazy var online = Online { [weak self] in self?.linli?.send(.syncNow) }

    /// What the system takes only while the app starts.
    func begin() {
        // What was taken for a draft and never kept: it lies open on the disk.
        Incoming.clear()
        rounds.register()
        reminders.listen()
    }

    /// Opens the core if that has not been done; the next who asks tries again.
    func open() {
        guard linli == nil else { return }
        do {
            let folder = try Self.folder()
            let key = try PlatformKey(core: folder).open()
            try Self.prepare(folder)
            let config = Config(folder: folder.path, platformKey: key, relay: nil, undoMs: nil)
            let linli = try Linli(config: config, platform: ApplePlatform())
            self.linli = linli
            stopped = nil
            Task { await reminders.follow(linli) }
        } catch is KeyLost {
            stopped = .keyLost
        } catch {
            Log.app.error("not started: \(String(describing: error), privacy: .public)")
            stopped = .notStarted
        }
    }

    func comeToFront() {
        guard !isInFront else { return }
        isInFront = true
        open()
        linli?.resume()
        online.watch()
        reminders.ask()
    }

    func goToBack() {
        guard isInFront else { return }
        isInFront = false
        online.leave()
        linli?.pause()
        rounds.leave()
    }

    /// A word in the language that the app speaks, which need not be the phone's.
    func word(_ notice: Notice) -> String { notice.said(in: linli?.frame.now.language) }

    func tell(_ notice: Notice) {
        let speech: any Speech = linli?.frame.now.language == "en" ? English() : Chinese()
        Front.tell(word(notice), close: speech.say(Word.ok))
    }

    func show(repair: String) {
        guard let linli else { return }
        linli.send(.detail(id: repair))
        pages.open(.repair(id: repair))
    }

    /// The core's own: whatever comes from outside may not name anything in it.
    static func folder() throws -> URL {
        let support = try FileManager.default.url(
            for: .applicationSupportDirectory, in: .userDomainMask, appropriateFor: nil, create: true
        )
        return support.appendingPathComponent("core", isDirectory: true)
    }

    /// Rounds have to read it while the phone is locked, but not before its person has unlocked it once.
    private static func prepare(_ folder: URL) throws {
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true,
            attributes: [.protectionKey: FileProtectionType.completeUntilFirstUserAuthentication]
        )
        // The key stays on this phone: a copy elsewhere could not be opened.
        var values = URLResourceValues()
        values.isExcludedFromBackup = true
        var folder = folder
        try folder.setResourceValues(values)
    }
}

enum Log {
    static let app = Logger(subsystem: "cn.linli", category: "app")
}
