import Foundation
import Testing

@testable import LinliApp

/// What the system reads of the app before it runs.
struct PlistTests {
    private let info: [String: Any]

    init() throws { info = try Files.plist("Info.plist") }

    @Test func everyReasonIsSaidInBothLanguages() throws {
        let words = try Files.catalogue("InfoPlist.xcstrings")
        let reasons = info.keys.filter { $0.hasSuffix("UsageDescription") }
        #expect(
            Set(reasons) == ["NSCameraUsageDescription", "NSFaceIDUsageDescription", "NSMicrophoneUsageDescription"])
        for key in reasons + ["CFBundleDisplayName"] {
            let said = words[key] ?? [:]
            #expect(Set(said.keys) == ["en", "zh-Hans"], "\(key)")
            #expect(said["en"] == info[key] as? String, "\(key)")
            #expect(said.values.allSatisfy { !$0.isEmpty }, "\(key)")
        }
        #expect(Set(words.keys) == Set(reasons + ["CFBundleDisplayName", "Linli load"]))
    }

    @Test func whatIsUsedAndWhatIsAskedForAreTheSame() throws {
        let used = try Files.sources()
        #expect(used.contains("requestAccess(for: .video)") && used.contains("requestRecordPermission()"))
        #expect(used.contains("LAContext()"))
        // The gallery and the network next door are not ours to look into.
        for other in ["PHPhotoLibrary", "CLLocationManager", "NWBrowser", "CNContactStore"] {
            #expect(!used.contains(other))
        }
    }

    @Test @MainActor func theRoundIsTheOneThatIsPermitted() {
        #expect(info["BGTaskSchedulerPermittedIdentifiers"] as? [String] == [Rounds.identifier])
        #expect(info["UIBackgroundModes"] as? [String] == ["fetch"])
    }

    @Test @MainActor func linksAndLoadsAreThoseOfTheCore() throws {
        let schemes = (info["CFBundleURLTypes"] as? [[String: Any]] ?? []).flatMap {
            $0["CFBundleURLSchemes"] as? [String] ?? []
        }
        #expect(schemes == [Arrival.scheme])
        let prefix = Files.quoted(after: "PREFIX: &str = ", in: try Files.text("shared/replica/src/invite.rs"))
        #expect(prefix == ["\(Arrival.scheme):"])
        let kinds = info["UTExportedTypeDeclarations"] as? [[String: Any]] ?? []
        let tags = kinds.compactMap { $0["UTTypeTagSpecification"] as? [String: [String]] }
        let endings = tags.flatMap { $0["public.filename-extension"] ?? [] }
        #expect(endings == ["linli"])
        #expect(try Files.text("shared/io/src/lanes/share.rs").contains(".\(endings[0])\")"))
        let documents = info["CFBundleDocumentTypes"] as? [[String: Any]] ?? []
        let opened = documents.flatMap { $0["LSItemContentTypes"] as? [String] ?? [] }
        #expect(opened == kinds.compactMap { $0["UTTypeIdentifier"] as? String })
        let words = try Files.catalogue("InfoPlist.xcstrings")
        let named =
            kinds.map { $0["UTTypeDescription"] as? String } + documents.map { $0["CFBundleTypeName"] as? String }
        #expect(named.allSatisfy { words[$0 ?? ""]?.count == 2 })
        // A load is copied in: nothing of another app's is written to.
        #expect(info["LSSupportsOpeningDocumentsInPlace"] as? Bool == false)
    }

    @Test func everythingElseComesFromTheProject() {
        let filled = [
            "CFBundleIdentifier": "PRODUCT_BUNDLE_IDENTIFIER", "CFBundleShortVersionString": "MARKETING_VERSION",
            "CFBundleVersion": "CURRENT_PROJECT_VERSION", "CFBundleExecutable": "EXECUTABLE_NAME",
        ]
        for (key, setting) in filled { #expect(info[key] as? String == "$(\(setting))", "\(key)") }
        // Nothing is let through unsealed.
        #expect(info["NSAppTransportSecurity"] == nil)
    }

    @Test func everyPictureAndColourThatIsNamedIsThere() throws {
        let assets = Files.app.appendingPathComponent("Assets.xcassets")
        let launch = info["UILaunchScreen"] as? [String: String] ?? [:]
        #expect(Set(launch.keys) == ["UIColorName", "UIImageName"])
        let sets = [
            "\(launch["UIColorName"] ?? "").colorset", "\(launch["UIImageName"] ?? "").imageset",
            "AccentColor.colorset",
            "AppIcon.appiconset",
        ]
        #expect(Set(try FileManager.default.contentsOfDirectory(atPath: assets.path)) == Set(sets + ["Contents.json"]))
        for set in sets {
            let folder = assets.appendingPathComponent(set)
            let bytes = try Data(contentsOf: folder.appendingPathComponent("Contents.json"))
            let read = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
            let pictures = (read["images"] as? [[String: Any]] ?? []).compactMap { $0["filename"] as? String }
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(Set(pictures + ["Contents.json"]) == Set(files), "\(set)")
        }
    }

    @Test func theIconIsOfTheSizeThatTheStoreTakes() throws {
        let folder = Files.app.appendingPathComponent("Assets.xcassets/AppIcon.appiconset")
        for name in ["day", "night", "tinted"] {
            let head = try Data(contentsOf: folder.appendingPathComponent("\(name).png")).prefix(26)
            // A PNG tells width, height, depth and kind of colour from byte 16 on.
            #expect(Array(head[16..<24]) == [0, 0, 4, 0, 0, 0, 4, 0], "\(name)")
            // By day and tinted nothing may shine through.
            #expect(head[25] == ["day": 2, "night": 6, "tinted": 0][name], "\(name)")
        }
    }

    @Test func nobodyIsFollowed() throws {
        let privacy = try Files.plist("PrivacyInfo.xcprivacy")
        #expect(privacy["NSPrivacyTracking"] as? Bool == false)
        #expect((privacy["NSPrivacyTrackingDomains"] as? [Any])?.isEmpty == true)
        #expect((privacy["NSPrivacyCollectedDataTypes"] as? [Any])?.isEmpty == true)
        let asked = privacy["NSPrivacyAccessedAPITypes"] as? [[String: Any]] ?? []
        // What SQLite and Rust call; the shell itself calls none of them.
        let kinds = asked.map { $0["NSPrivacyAccessedAPIType"] as? String }
        #expect(kinds == ["NSPrivacyAccessedAPICategoryFileTimestamp", "NSPrivacyAccessedAPICategoryDiskSpace"])
        #expect(asked.map { $0["NSPrivacyAccessedAPITypeReasons"] as? [String] } == [["C617.1"], ["E174.1"]])
        let used = try Files.sources()
        for other in ["UserDefaults", "systemUptime", "volumeAvailableCapacity", "activeInputModes"] {
            #expect(!used.contains(other))
        }
    }

    @Test func linksAreThoseOfTheOwnersDomain() throws {
        let rights = try Files.plist("Linli.entitlements")
        #expect(Set(rights.keys) == ["com.apple.developer.associated-domains"])
        #expect(rights["com.apple.developer.associated-domains"] as? [String] == ["applinks:$(LINLI_DOMAIN)"])
    }

    @Test func everyNoticeIsSaidInBothLanguagesAndNoneIsLeftOver() throws {
        let words = try Files.catalogue("Localizable.xcstrings")
        #expect(Set(words.keys) == Set(Notice.allCases.map(\.rawValue)))
        for (key, said) in words { #expect(Set(said.keys) == ["en", "zh-Hans"], "\(key)") }
        let used = try Files.sources()
        for notice in Notice.allCases { #expect(used.contains(".\(notice)"), "\(notice) is never said") }
    }
}
