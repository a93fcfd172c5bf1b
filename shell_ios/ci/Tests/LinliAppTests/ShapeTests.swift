import Foundation
import Testing

/// What the app must not hold: the core does it.
struct ShapeTests {
    /// Most lines of a file of a shell.
    private static let most = 300

    private static let machinery = [
        "URLSession", "URLRequest", "SQLite", "CryptoKit", "CommonCrypto", "Calendar", "DateComponents",
        "DateFormatter",
        "TimeZone", "NumberFormatter", "UserDefaults",
    ]

    /// Where the phone's own keys are kept and asked for.
    private static let keepers = ["PlatformKey.swift", "Presence.swift", "Secret.swift"]

    @Test func theAppHoldsNoMachinery() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Files.app.path).filter {
            $0.hasSuffix(".swift")
        }
        #expect(names.count > 15)
        for name in names {
            let text = try Files.text("shell_ios/Linli/\(name)")
            for part in Self.machinery { #expect(!text.contains(part), "\(name)") }
            #expect(text.components(separatedBy: "\n").count <= Self.most, "\(name)")
            #expect(!text.contains("import Security") || Self.keepers.contains(name), "\(name)")
        }
    }

    @Test func everyFrameworkThatIsImportedHasItsStandIn() throws {
        let lines = try Files.sources().components(separatedBy: "\n").filter { $0.hasPrefix("import ") }
        let stubs = Files.shell.appendingPathComponent("ci/Stubs")
        let standIns = try FileManager.default.contentsOfDirectory(atPath: stubs.path)
        let ours = ["Foundation", "LinliKit", "LinliUI", "Observation", "Shared", "SwiftUI"]
        let imported = Set(lines.map { String($0.dropFirst("import ".count)) })
        // Two more are what the others are made of.
        #expect(Set(standIns).union(ours) == imported.union(["CoreGraphics", "QuartzCore"]))
    }
}
