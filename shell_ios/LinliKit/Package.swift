// swift-tools-version: 6.0
import Foundation
import PackageDescription

// The core is a library that cargo builds; its folder is LINLI_LIB_DIR where tests run, Xcode's own setting in the app.
#if os(Linux)
    let libraries = ProcessInfo.processInfo.environment["LINLI_LIB_DIR"] ?? "../../target/debug"
    // Swift 6.0's own libswiftObservation misses a symbol on Linux (swiftlang/swift issue 75670).
    let flags = ["-L\(libraries)", "-Xlinker", "-rpath", "-Xlinker", libraries, "-Xlinker", "--allow-shlib-undefined"]
    let link: [LinkerSetting] = [.unsafeFlags(flags)]
    // Our own stand-in: it draws the screens as text, for the tests.
    let swiftUI: [Target.Dependency] = ["SwiftUI"]
#else
    let link: [LinkerSetting] = []
    let swiftUI: [Target.Dependency] = []
#endif

let package = Package(
    name: "LinliKit",
    platforms: [.iOS(.v17)],
    products: [.library(name: "LinliUI", targets: ["Shared", "LinliKit", "LinliUI"])],
    targets: [
        .systemLibrary(name: "sharedFFI"),
        // Generated: in the older language mode.
        .target(
            name: "Shared", dependencies: ["sharedFFI"], swiftSettings: [.swiftLanguageMode(.v5)], linkerSettings: link
        ),
        .target(name: "LinliKit", dependencies: ["Shared"]),
        .target(name: "LinliUI", dependencies: ["LinliKit", "Shared"] + swiftUI),
    ]
)

#if os(Linux)
    package.targets += [
        .target(name: "SwiftUI", path: "Stubs/SwiftUI"),
        .testTarget(name: "LinliKitTests", dependencies: ["LinliKit", "Stage"]),
        .testTarget(name: "LinliUITests", dependencies: ["LinliUI", "SwiftUI", "Stage"]),
        // Phones, their neighbours and a real relay.
        .target(name: "Stage", dependencies: ["LinliKit"], path: "Tests/Stage"),
    ]
    if ProcessInfo.processInfo.environment["LINLI_BENCH"] != nil {
        package.targets.append(.testTarget(name: "LinliBench", dependencies: ["LinliKit", "Stage"]))
    }
#endif
