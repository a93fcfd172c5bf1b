import Foundation

/// Photos, voice notes and loads on their way to the core; of no use to the next process.
enum Incoming {
    /// The core takes no larger load (bytes).
    private static let most = 64 * 1024 * 1024
    private static let step = 64 * 1024

    private static var folder: URL {
        FileManager.default.temporaryDirectory.appendingPathComponent("incoming", isDirectory: true)
    }

    static func clear() { try? FileManager.default.removeItem(at: folder) }

    /// The name of a file that is not there yet.
    static func file(_ kind: String) -> URL {
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder.appendingPathComponent("\(UUID().uuidString).\(kind)")
    }

    /// A copy of what the system handed over, which goes; nothing if it is not to be read, or too large.
    static func take(_ from: URL) async -> URL? {
        await Task.detached {
            let file = file("linli")
            defer { if isHandedOver(from) { try? FileManager.default.removeItem(at: from) } }
            if let whole = try? copy(from, to: file), whole { return file }
            try? FileManager.default.removeItem(at: file)
            return nil
        }.value
    }

    /// Whether the system laid it down for this app: its own files are nobody's to hand over.
    private static func isHandedOver(_ file: URL) -> Bool {
        file.deletingLastPathComponent().lastPathComponent.hasSuffix("Inbox")
    }

    /// Whether all of it was copied.
    private static func copy(_ from: URL, to file: URL) throws -> Bool {
        guard FileManager.default.createFile(atPath: file.path, contents: nil) else { return false }
        let source = try FileHandle(forReadingFrom: from)
        let copy = try FileHandle(forWritingTo: file)
        var left = most
        while let part = try source.read(upToCount: step), !part.isEmpty {
            left -= part.count
            if left < 0 { return false }
            try copy.write(contentsOf: part)
        }
        return true
    }
}
