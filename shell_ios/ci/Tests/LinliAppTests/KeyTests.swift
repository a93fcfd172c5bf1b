import Foundation
import Security
import Testing

@testable import LinliApp

/// The keys of the phone, on a Keychain that the tests can look into.
@Suite(.serialized, .timeLimit(.minutes(1)))
final class KeyTests {
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

    private func fill() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data([1]).write(to: folder.appendingPathComponent("linli.db"))
    }
}
