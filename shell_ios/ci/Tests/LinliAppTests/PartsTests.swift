import Foundation
import Testing

@testable import LinliApp

@MainActor
struct PartsTests {
    @Test func aRoundEndsOnceHoweverOftenItIsStopped() {
        var ends: [Bool] = []
        let round = Round(home: Home()) { ends.append($0) }
        round.stop()
        round.stop()
        #expect(ends == [false])
    }

    @Test func anInvitationIsReadFromItsLinks() throws {
        let links = [
            "linli:ab-c_9": "linli:ab-c_9", "linli://ab-c_9": "linli:ab-c_9",
            "https://linli.example/join#ab-c_9": "linli:ab-c_9",
            "LINLI:ab": "linli:ab", "https://linli.example/join": nil, "http://linli.example/join#ab": nil,
        ]
        for (link, invitation) in links {
            #expect(Arrival.text(in: try #require(URL(string: link))) == invitation, "\(link)")
        }
    }

    @Test func aReceiptIsToldFromAnInvitation() throws {
        let receipt = try #require(URL(string: "LINLI:receipt/oWNz_-9"))
        #expect(try Arrival.isReceipt(#require(Arrival.text(in: receipt))))
        #expect(!Arrival.isReceipt("linli:ab-c_9"))
    }

    @Test func photosAreTurnedAsExifCounts() {
        let turned = (0...9).map { Photos.orientation($0) }
        #expect(
            turned == [
                .up, .up, .upMirrored, .down, .downMirrored, .leftMirrored, .right, .rightMirrored, .left, .up,
            ])
    }

    @Test func aLoadIsCopiedAndWhatTheSystemLaidDownGoes() async throws {
        let box = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString)-Inbox")
        try FileManager.default.createDirectory(at: box, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: box) }
        let load = box.appendingPathComponent("outbox-1.linli")
        let bytes = Data((0..<200_000).map { UInt8($0 % 251) })
        try bytes.write(to: load)
        let taken = try #require(await Incoming.take(load))
        #expect(try Data(contentsOf: taken) == bytes)
        #expect(!Files.exists(load) && taken.pathExtension == "linli")
        #expect(await Incoming.take(load) == nil)
        try FileManager.default.removeItem(at: taken)
    }

    @Test func aLoadThatIsTooLargeIsLeft() async throws {
        let load = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).linli")
        #expect(FileManager.default.createFile(atPath: load.path, contents: nil))
        defer { try? FileManager.default.removeItem(at: load) }
        let file = try FileHandle(forWritingTo: load)
        try file.truncate(atOffset: 64 * 1024 * 1024 + 1)
        #expect(await Incoming.take(load) == nil)
        // It was not laid down for this app alone.
        #expect(Files.exists(load))
        try file.truncate(atOffset: 64 * 1024 * 1024)
        let taken = try #require(await Incoming.take(load))
        try FileManager.default.removeItem(at: taken)
    }
}
