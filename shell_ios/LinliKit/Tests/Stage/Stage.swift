import Foundation

/// What the tests were told of this machine.
public enum Place {
    public static let root = URL(fileURLWithPath: value("LINLI_ROOT"))
    public static let built = URL(fileURLWithPath: value("LINLI_LIB_DIR"))
    /// Where what was seen is kept for people to look at.
    public static let shots = URL(fileURLWithPath: value("LINLI_SHOTS"))

    private static func value(_ name: String) -> String {
        guard let value = ProcessInfo.processInfo.environment[name] else { fatalError("run shell_ios/test.sh") }
        return value
    }

    public static func freshFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }
}

/// A relay with cables to it, and the stories: the program `stage` of the repository's tests.
@MainActor
public final class Stage {
    private let process = Process()
    private let orders = Pipe()
    private let answers = Pipe()
    private var read = Data()
    private var cables = 0
    public private(set) var relay = ""
    public private(set) var token = ""

    public init(_ folder: URL) throws {
        process.executableURL = Place.built.appendingPathComponent("stage")
        process.arguments = [folder.appendingPathComponent("relay").path]
        process.standardInput = orders
        process.standardOutput = answers
        try process.run()
        relay = try ask("relay")
        token = try ask("token")
    }

    public func cable() throws -> Cable {
        defer { cables += 1 }
        return Cable(stage: self, number: cables, url: try ask("cable"))
    }

    /// A photo as a camera gives it.
    public func photo() throws -> URL {
        let file = try Place.freshFolder().appendingPathComponent("photo.jpg")
        _ = try ask("photo \(file.path)")
        return file
    }

    public func story(_ name: String, _ language: String) throws -> Story {
        try JSONDecoder().decode(Story.self, from: Data(ask("story \(name) \(language)").utf8))
    }

    func ask(_ order: String) throws -> String {
        try orders.fileHandleForWriting.write(contentsOf: Data("\(order)\n".utf8))
        while true {
            if let end = read.firstIndex(of: UInt8(ascii: "\n")) {
                defer { read = Data(read[read.index(after: end)...]) }
                return String(decoding: read[..<end], as: UTF8.self)
            }
            let more = answers.fileHandleForReading.availableData
            guard !more.isEmpty else { fatalError("the stage fell silent at: \(order)") }
            read += more
        }
    }

    public func close() {
        try? orders.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}

/// The line between a phone and the relay.
@MainActor
public final class Cable {
    private let stage: Stage
    private let number: Int
    public let url: String

    init(stage: Stage, number: Int, url: String) {
        self.stage = stage
        self.number = number
        self.url = url
    }

    public func cut() throws { _ = try stage.ask("cut \(number)") }

    public func mend() throws { _ = try stage.ask("mend \(number)") }
}

/// A story; each word also as the language of the screens says it.
public struct Story: Decodable {
    public struct Cast: Decodable {
        public let name: String
        public let role: String?
        public let scope: String?
        public let undo_ms: UInt32?
    }

    public struct Step: Decodable {
        public let who: String
        public let verb: String
        public let words: [String]
        public let called: [[String]]

        public init(who: String, verb: String, words: [String], called: [[String]]) {
            (self.who, self.verb, self.words, self.called) = (who, verb, words, called)
        }
    }

    public let people: [Cast]
    /// Whether homes are billed, and who can collect has a round.
    public let fees: Bool
    public let steps: [Step]
}
