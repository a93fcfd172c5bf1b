import Foundation
import Testing

/// The shell's files, as Xcode would read them; here nothing else does.
enum Files {
    static let root = URL(fileURLWithPath: ProcessInfo.processInfo.environment["LINLI_ROOT"] ?? "../..")
    static let shell = root.appendingPathComponent("shell_ios")
    static let app = shell.appendingPathComponent("Linli")

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    static func exists(_ file: URL) -> Bool { FileManager.default.fileExists(atPath: file.path) }

    /// A property list of any format.
    static func plist(_ name: String, in folder: URL = app) throws -> [String: Any] {
        let bytes = try Data(contentsOf: folder.appendingPathComponent(name))
        return try #require(try PropertyListSerialization.propertyList(from: bytes, format: nil) as? [String: Any])
    }

    /// A string catalogue: what is said under each key in each language.
    static func catalogue(_ name: String) throws -> [String: [String: String]] {
        let bytes = try Data(contentsOf: app.appendingPathComponent(name))
        let read = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        let entries = try #require(read["strings"] as? [String: [String: Any]])
        return entries.mapValues { entry in
            let languages = entry["localizations"] as? [String: [String: [String: String]]] ?? [:]
            return languages.compactMapValues { $0["stringUnit"]?["value"] }
        }
    }

    static func sources() throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: app.path).filter { $0.hasSuffix(".swift") }
        return try names.map { try text("shell_ios/Linli/\($0)") }.joined(separator: "\n")
    }

    /// What is named in quotes behind each place where something is named so.
    static func quoted(after lead: String, in text: String) -> [String] {
        text.components(separatedBy: lead).dropFirst().compactMap { rest in
            rest.hasPrefix("\"") ? rest.dropFirst().components(separatedBy: "\"").first : nil
        }
    }
}
