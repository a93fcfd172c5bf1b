import Foundation
import Security
import Shared
import Testing
import UserNotifications

@testable import LinliApp

/// What the system keeps for the app, where the tests can look into it: one after the other, since there is one of each.
@Suite(.serialized, .timeLimit(.minutes(1)))
final class SystemTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    private let keychain = _Keychain.shared

    init() {
        keychain.items = [:]
        keychain.refuses = nil
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    @Test func aNewPhoneMakesOneKeyAndKeepsIt() throws {
        let key = try PlatformKey(core: folder).open()
        #expect(key.count == 32)
        #expect(try PlatformKey(core: folder).open() == key)
        let item = try #require(keychain.items["platform-key"])
        #expect(item[kSecAttrAccessible] as? String == kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly)
        #expect(item[kSecAttrSynchronizable] as? Bool == false)
    }

    @Test func anAppInstalledAnewTakesTheOldKey() throws {
        let key = try PlatformKey(core: folder).open()
        try fill()
        try FileManager.default.removeItem(at: folder)
        #expect(try PlatformKey(core: folder).open() == key)
    }

    @Test func aLostKeyIsToldAndNeverReplaced() throws {
        try fill()
        #expect(throws: KeyLost.self) { try PlatformKey(core: self.folder).open() }
        #expect(keychain.items.isEmpty)
        keychain.items["platform-key"] = [kSecValueData: Data([1, 2, 3])]
        #expect(throws: KeyLost.self) { try PlatformKey(core: self.folder).open() }
    }

    @Test func aKeychainThatIsLockedForNowLosesNothing() throws {
        try fill()
        keychain.refuses = -25308
        #expect(throws: KeychainRefused.self) { try PlatformKey(core: self.folder).open() }
        keychain.refuses = nil
        keychain.items["platform-key"] = [kSecValueData: Data(repeating: 7, count: 32)]
        #expect(try PlatformKey(core: folder).open() == Data(repeating: 7, count: 32))
    }

    @Test func presenceIsGuardedByFaceFingerOrPasscode() async throws {
        #expect(await Presence.prove(why: "") == Presence.Outcome(proven: true))
        let item = try #require(keychain.items["presence"])
        let control = try #require(item[kSecAttrAccessControl] as? SecAccessControl)
        #expect(control.flags == [.biometryCurrentSet, .or, .devicePasscode])
        #expect(control.protection as? String == kSecAttrAccessibleWhenPasscodeSetThisDeviceOnly)
        #expect(item[kSecAttrAccessible] == nil)
    }

    @Test func whoGivesUpIsToldNothing() async {
        keychain.refuses = errSecUserCanceled
        #expect(await Presence.prove(why: "") == Presence.Outcome())
        keychain.refuses = errSecAuthFailed
        #expect(await Presence.prove(why: "") == Presence.Outcome())
        keychain.refuses = -34018
        #expect(await Presence.prove(why: "") == Presence.Outcome(notice: .notPossible))
    }

    @Test @MainActor func anAppOpensTheRealCoreAndTellsALostKey() async throws {
        try? FileManager.default.removeItem(at: try Home.folder())
        let home = Home()
        home.open()
        #expect(home.stopped == nil)
        let linli = try #require(home.linli)
        home.comeToFront()
        let link = try #require(URL(string: "https://linli.example/join#ab"))
        Arrival(home: home).take(link)
        while home.tools.invitation == nil { try await Task.sleep(for: .milliseconds(5)) }
        #expect(home.tools.invitation == "linli:ab" && home.pages.task == nil)
        home.goToBack()
        var round: Round?
        let went = await withCheckedContinuation { ended in
            round = Round(home: home) { ended.resume(returning: $0) }
            round?.begin(linli, budget: .seconds(25))
        }
        #expect(went, "with no community there is nothing to fail at")
        keychain.items = [:]
        let next = Home()
        next.open()
        #expect(next.linli == nil && next.stopped == .keyLost && keychain.items.isEmpty)
    }

    @Test @MainActor func remindersAreReplacedAsASet() async {
        func reminder(_ id: String, _ at: Int64) -> Reminder { Reminder(atMs: at, id: id, text: "text of \(id)") }
        let home = Home()
        let reminders = Reminders(home: home)
        let center = UNUserNotificationCenter.current()
        await reminders.set([reminder("a", 1), reminder("b", 9_000_000_000_000)])
        #expect(center._waiting.map(\.identifier) == ["a 1", "b 9000000000000"])
        await reminders.set([reminder("b", 9_000_000_000_000), reminder("c", 2)])
        #expect(center._waiting.map(\.identifier) == ["b 9000000000000", "c 2"])
        #expect(center._waiting.first?.content.userInfo["repair"] as? String == "b")
        await reminders.set([])
        #expect(center._waiting.isEmpty)
        // There was nobody in front to ask.
        #expect(center._asked == 0)
    }

    private func fill() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data([1]).write(to: folder.appendingPathComponent("linli.db"))
    }
}
