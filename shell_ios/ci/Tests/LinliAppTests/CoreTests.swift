import Foundation
import Testing

/// The phase that builds the core, with tools that only write down what they are asked.
final class CoreTests {
    private let box = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

    init() throws {
        try FileManager.default.createDirectory(at: bin, withIntermediateDirectories: true)
        try tool("rustup", "echo aarch64-apple-ios; echo aarch64-apple-ios-sim; echo x86_64-apple-ios")
        try tool(
            "cargo",
            #"""
            echo "cargo $* SDKROOT=${SDKROOT-none}" >>"$SAID"
            while [ "$1" != --target ]; do shift; done
            folder=debug; [ "${3:-}" = --profile ] && folder=$4
            mkdir -p "$CARGO_TARGET_DIR/$2/$folder"
            echo "$2 $folder" >"$CARGO_TARGET_DIR/$2/$folder/libshared.a"
            """#
        )
        try tool("lipo", #"echo "lipo $*" >>"$SAID"; out=$3; shift 3; cat "$@" >"$out""#)
    }

    deinit { try? FileManager.default.removeItem(at: box) }

    @Test func aPhoneGetsItsLibrary() throws {
        let built = try build("iphoneos", "arm64", "Debug")
        #expect(built.library == "aarch64-apple-ios debug\n")
        let asked = "cargo rustc --locked --package shared --lib --crate-type staticlib --target aarch64-apple-ios"
        #expect(built.said == ["\(asked) SDKROOT=none"])
    }

    @Test func whatIsGivenOutIsBuiltAsSuch() throws {
        #expect(try build("iphoneos", "arm64", "Release").library == "aarch64-apple-ios dist\n")
        #expect(try Files.text("Cargo.toml").contains("\n[profile.dist]\n"))
    }

    @Test func aSimulatorOfTwoKindsGetsBothInOne() throws {
        let built = try build("iphonesimulator", "arm64 x86_64", "Debug")
        #expect(built.library == "aarch64-apple-ios-sim debug\nx86_64-apple-ios debug\n")
        #expect(built.said.count == 3 && built.said[2].hasPrefix("lipo -create -output "))
    }

    @Test func whatRustLacksIsNamed() throws {
        try tool("rustup", "echo x86_64-apple-darwin")
        let built = try build("iphoneos", "arm64", "Debug")
        let said = "error: Rust cannot build for aarch64-apple-ios yet: rustup target add aarch64-apple-ios\n"
        #expect(built.status == 1 && built.output == said)
    }

    @Test func whatNobodyBuildsForIsNamed() throws {
        let built = try build("watchos", "arm64_32", "Debug")
        #expect(built.status == 1 && built.output == "error: the core is not built for watchos on arm64_32\n")
    }

    private struct Built {
        let status: Int32
        let output: String
        let said: [String]
        let library: String?
    }

    private var bin: URL { box.appendingPathComponent("cargo/bin") }

    private func tool(_ name: String, _ does: String) throws {
        let file = bin.appendingPathComponent(name)
        try "#!/bin/bash\nset -e\n\(does)\n".write(to: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    }

    private func build(_ platform: String, _ architectures: String, _ configuration: String) throws -> Built {
        let derived = box.appendingPathComponent("derived")
        let said = box.appendingPathComponent("said")
        let script = Process()
        script.executableURL = URL(fileURLWithPath: "/bin/bash")
        script.arguments = [Files.shell.appendingPathComponent("build-core.sh").path]
        script.environment = [
            "ARCHS": architectures, "CARGO_HOME": box.appendingPathComponent("cargo").path,
            "CARGO_TARGET_DIR": box.appendingPathComponent("target").path, "CONFIGURATION": configuration,
            "DERIVED_FILE_DIR": derived.path, "HOME": box.path, "PATH": "/usr/bin:/bin", "PLATFORM_NAME": platform,
            "SAID": said.path, "SDKROOT": "of the phone", "SRCROOT": Files.shell.path,
        ]
        let output = Pipe()
        script.standardOutput = output
        try script.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        script.waitUntilExit()
        let lines = try? String(contentsOf: said, encoding: .utf8)
        return Built(
            status: script.terminationStatus, output: String(decoding: bytes, as: UTF8.self),
            said: (lines ?? "").split(separator: "\n").map(String.init),
            library: try? String(contentsOf: derived.appendingPathComponent("core/libshared.a"), encoding: .utf8)
        )
    }
}
