import Foundation
import LinliKit
import Shared

/// What a person's hands give to the app: the photo in front of the lens, the code that is scanned.
@MainActor
public final class Hands: PhoneTools {
    public var invitation: String?
    public var photo: URL?
    public var scanned: String?
    public private(set) var spoken = ""

    public func takePhoto() async -> URL? { photo }
    public func pickPhoto() async -> URL? { photo }
    public func pickFile() async -> URL? { nil }
    public func recordVoice() async -> (any Recording)? { nil }
    public func scanQr() async -> String? { scanned }
    public func speak(_ text: String) { spoken = text }
    public func stopSpeaking() {}
    public func print(title: String, text: String) {}
    public func provePresence(why: String) async -> Bool { true }
}

/// The phone's system, which does all that it is asked.
@MainActor
public final class Obliging: Platform {
    public private(set) var asked: [HostRequest] = []

    public init() {}

    public func carryOut(_ request: HostRequest) async -> HostAnswer {
        asked.append(request)
        return .done
    }
}

/// A phone: the real core in a folder of its own.
@MainActor
public final class Phone {
    public let name: String
    public let cable: Cable
    public let hands = Hands()
    public private(set) var platform = Obliging()
    public private(set) var linli: Linli!
    private let folder: URL
    private let undoMs: UInt32

    /// How long what was done can be undone is short, because everything waits for it.
    public init(_ name: String, _ folder: URL, _ cable: Cable, undoMs: UInt32 = 300) throws {
        self.name = name
        self.undoMs = undoMs
        self.folder = folder
        self.cable = cable
        linli = try open()
    }

    /// The process ends, and the app is opened again.
    public func restart() async throws {
        weak var before = linli
        linli = nil
        _ = try await until("the core is closed") { (before == nil).orNil }
        platform = Obliging()
        linli = try open()
    }

    public func send(_ event: UiEvent) { linli.send(event) }

    private func open() throws -> Linli {
        let config = Config(
            folder: folder.path, platformKey: Data(repeating: 7, count: 32), relay: cable.url, undoMs: undoMs)
        let linli = try Linli(config: config, platform: platform)
        linli.resume()
        return linli
    }
}

/// Waits on a condition without blocking the core.
@MainActor
public func until<Found>(_ what: String, seconds: Int = 30, _ look: () throws -> Found?) async throws -> Found {
    let end = ContinuousClock.now + .seconds(seconds)
    while true {
        if let found = try look() { return found }
        if ContinuousClock.now > end { throw Unmet(what: "not within \(seconds) s: \(what)") }
        try await Task.sleep(for: .milliseconds(5))
    }
}

/// Something that was to come did not.
public struct Unmet: Error, CustomStringConvertible {
    public let what: String

    public init(what: String) { self.what = what }

    public var description: String { what }
}

extension Bool {
    /// `true`, or nothing yet.
    public var orNil: Bool? { self ? true : nil }
}
