import Foundation
import Testing

/// What the app is compiled against here.
struct ShapeTests {
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
