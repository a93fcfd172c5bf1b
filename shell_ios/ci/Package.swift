// swift-tools-version: 6.0
import PackageDescription

// Compiles the app on Linux, where Apple's frameworks are not: each has a stand-in here, with what the app uses and no more.
// Xcode never sees this package.
let frameworks: [(name: String, needs: [Target.Dependency])] = [
    ("AVFoundation", ["QuartzCore"]),
    ("BackgroundTasks", []),
    ("CoreGraphics", []),
    ("ImageIO", ["CoreGraphics"]),
    ("LocalAuthentication", []),
    ("Network", []),
    ("PhotosUI", ["UIKit"]),
    ("QuartzCore", ["CoreGraphics"]),
    ("Security", []),
    ("UIKit", ["QuartzCore", "UniformTypeIdentifiers", .product(name: "LinliUI", package: "LinliKit")]),
    ("UniformTypeIdentifiers", []),
    ("UserNotifications", []),
    ("os", []),
]

let package = Package(
    name: "LinliApp",
    dependencies: [.package(path: "../LinliKit")],
    targets: frameworks.map { .target(name: $0.name, dependencies: $0.needs, path: "Stubs/\($0.name)") } + [
        .target(
            name: "LinliApp",
            dependencies: frameworks.map { .init(stringLiteral: $0.name) } + [
                .product(name: "LinliUI", package: "LinliKit")
            ],
            exclude: [
                "Assets.xcassets", "Info.plist", "InfoPlist.xcstrings", "Linli.entitlements", "Localizable.xcstrings",
                "PrivacyInfo.xcprivacy",
            ],
            // The tests have a beginning of their own.
            swiftSettings: [.unsafeFlags(["-Xfrontend", "-entry-point-function-name", "-Xfrontend", "LinliApp_main"])]
        ),
        .testTarget(name: "LinliAppTests", dependencies: ["LinliApp", "Security", "UserNotifications"]),
    ]
)
