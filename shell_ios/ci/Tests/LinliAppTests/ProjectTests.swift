import Foundation
import Testing

/// The hand-made project.
struct ProjectTests {
    private let project: [String: Any]
    private let objects: [String: [String: Any]]

    init() throws {
        project = try Files.plist("project.pbxproj", in: Files.shell.appendingPathComponent("Linli.xcodeproj"))
        objects = try #require(project["objects"] as? [String: [String: Any]])
    }

    @Test func everyObjectThatIsNamedIsThereAndNoneIsForgotten() throws {
        let root = try #require(project["rootObject"] as? String)
        let named = Set([root] + objects.values.flatMap { ids(in: $0) })
        #expect(named.subtracting(objects.keys) == [])
        #expect(Set(objects.keys).subtracting(named) == [])
        #expect(objects[root]?["isa"] as? String == "PBXProject")
        // Xcode 16's: with folders that need no list of their files.
        #expect(project["objectVersion"] as? String == "77")
    }

    @Test func everyFileThatIsNamedIsThere() throws {
        let here = ["PBXFileReference", "PBXFileSystemSynchronizedRootGroup"].flatMap(all)
            .filter { $0["sourceTree"] as? String == "<group>" }.compactMap { $0["path"] as? String }
        let packages = all("XCLocalSwiftPackageReference").compactMap { $0["relativePath"] as? String }
        let left = all("PBXFileSystemSynchronizedBuildFileExceptionSet")
            .flatMap { $0["membershipExceptions"] as? [String] ?? [] }.map { "Linli/\($0)" }
        #expect(here.contains("Linli") && packages == ["LinliKit"] && left == ["Linli/Info.plist"])
        let named = here + packages + left + (try settings("INFOPLIST_FILE")) + (try settings("CODE_SIGN_ENTITLEMENTS"))
        #expect(named.filter { !Files.exists(Files.shell.appendingPathComponent($0)) } == [])
    }

    @Test func theAppIsLinkedWithAProductThatThePackageOffers() throws {
        let wanted = all("XCSwiftPackageProductDependency").compactMap { $0["productName"] as? String }
        let manifest = try Files.text("shell_ios/LinliKit/Package.swift")
        #expect(wanted == Files.quoted(after: ".library(name: ", in: manifest))
    }

    @Test func theCoreIsBuiltBeforeItIsLinked() throws {
        let target = try #require(all("PBXNativeTarget").first)
        let phases = (target["buildPhases"] as? [String] ?? []).compactMap { objects[$0] }
        #expect(
            phases.map { $0["isa"] as? String } == [
                "PBXShellScriptBuildPhase", "PBXSourcesBuildPhase", "PBXFrameworksBuildPhase", "PBXResourcesBuildPhase",
            ])
        let script = try #require(phases.first?["shellScript"] as? String)
        #expect(script.contains("$SRCROOT/build-core.sh"))
        let builds = try Files.text("shell_ios/build-core.sh")
        #expect(builds.contains("core=$DERIVED_FILE_DIR/core"))
        #expect(try settings("ENABLE_USER_SCRIPT_SANDBOXING") == ["NO", "NO"])
        for searched in try lists("LIBRARY_SEARCH_PATHS") { #expect(searched.contains("$(DERIVED_FILE_DIR)/core")) }
    }

    @Test func theVersionIsTheWorkspaces() throws {
        let version = Files.quoted(after: "\nversion = ", in: try Files.text("Cargo.toml"))
        #expect(version.count == 1)
        #expect(try settings("MARKETING_VERSION") == version + version)
        let package = try Files.text("shell_ios/LinliKit/Package.swift")
        let oldest = package.components(separatedBy: ".iOS(.v")[1].prefix { $0 != ")" }
        #expect(try settings("IPHONEOS_DEPLOYMENT_TARGET") == ["\(oldest).0", "\(oldest).0"])
        #expect(try settings("SWIFT_VERSION") == ["6.0", "6.0"])
    }

    @Test func theSchemeRunsTheTarget() throws {
        let scheme = try Files.text("shell_ios/Linli.xcodeproj/xcshareddata/xcschemes/Linli.xcscheme")
        let runs = Set(Files.quoted(after: "BlueprintIdentifier = ", in: scheme))
        #expect(runs == Set(objects.filter { $1["isa"] as? String == "PBXNativeTarget" }.keys))
    }

    @Test func bothLanguagesAreKnown() {
        let known = all("PBXProject").first?["knownRegions"] as? [String] ?? []
        #expect(Set(known) == ["en", "Base", "zh-Hans"])
    }

    @Test func whatIsAnothersToSayIsSaidInOnePlace() throws {
        let owner = try Files.text("shell_ios/Owner.xcconfig")
        for setting in ["PRODUCT_BUNDLE_IDENTIFIER", "DEVELOPMENT_TEAM", "LINLI_DOMAIN"] {
            #expect(owner.contains("\n\(setting) ="))
            #expect(try settings(setting) == [], "hidden in the project, too: \(setting)")
        }
        let based = all("XCBuildConfiguration").compactMap { $0["baseConfigurationReference"] as? String }
        #expect(based.compactMap { objects[$0]?["path"] as? String } == ["Owner.xcconfig", "Owner.xcconfig"])
    }

    private func all(_ isa: String) -> [[String: Any]] { objects.values.filter { $0["isa"] as? String == isa } }

    /// The values of a setting in the configurations that have it.
    private func settings(_ name: String) throws -> [String] {
        all("XCBuildConfiguration").compactMap { ($0["buildSettings"] as? [String: Any])?[name] as? String }
    }

    private func lists(_ name: String) throws -> [[String]] {
        let found = all("XCBuildConfiguration").compactMap {
            ($0["buildSettings"] as? [String: Any])?[name] as? [String]
        }
        #expect(found.count == 2)
        return found
    }

    private func ids(in value: Any) -> [String] {
        switch value {
        case let text as String:
            let isId = text.count == 24 && text.allSatisfy { $0.isHexDigit && !$0.isLowercase }
            return isId ? [text] : []
        case let list as [Any]: return list.flatMap(ids)
        case let table as [String: Any]: return table.keys.flatMap(ids) + table.values.flatMap(ids)
        default: return []
        }
    }
}
