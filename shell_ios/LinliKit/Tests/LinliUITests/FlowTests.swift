import Foundation
import LinliUI
import Stage
import Testing

/// The stories of `tests/flows`, played on the screens, with the real core and a real relay.
@MainActor
@Suite(.serialized)
struct FlowTests {
    struct Telling: CustomTestStringConvertible, Sendable {
        let name: String
        let language: String
        var testDescription: String { "\(name), \(language)" }
    }

    nonisolated static var tellings: [Telling] {
        let files = try? FileManager.default.contentsOfDirectory(atPath: Place.root.path + "/tests/flows")
        let only = ProcessInfo.processInfo.environment["LINLI_STORY"]
        let names = (files ?? []).map { $0.replacingOccurrences(of: ".toml", with: "") }.sorted()
            .filter { only == nil || only == $0 }
        precondition(!names.isEmpty, "no story")
        return names.flatMap { name in ["zh", "en"].map { Telling(name: name, language: $0) } }
    }

    @Test(arguments: tellings)
    func aStoryIsPlayed(_ telling: Telling) async throws {
        let community = try await Community()
        defer { community.close() }
        let story = try community.stage.story(telling.name, telling.language)
        let players = try await cast(story, community, telling.language)
        var seen = ""
        defer { keep(seen, telling) }
        for (number, step) in story.steps.enumerated() {
            let player = players[step.who]!
            do { try await Hand(player: player, players: players, stage: community.stage).act(step) } catch {
                let what = ([step.verb] + step.words).joined(separator: " ")
                Issue.record("step \(number + 1), \(step.who) \(what): \(error)")
                return
            }
            seen += "── \(number + 1) \(step.who) \(step.verb) \(step.words)\n\(player.screen.draw().told())\n\n"
        }
        players.values.forEach { $0.screen.end() }
    }

    /// Somebody of the company is always there; an owner needs a second witness.
    private func cast(_ story: Story, _ community: Community, _ language: String) async throws -> [String: Player] {
        let told = story.people.first { $0.role == "property" }
        let company = try community.phone("物业", undoMs: told?.undo_ms ?? 300)
        try await community.join(company, .company, by: [community.founder])
        var head: Phone?
        var players: [String: Player] = [:]
        for one in story.people {
            let phone = one.role == "property" ? company : try community.phone(one.name, undoMs: one.undo_ms ?? 300)
            if let role = one.role, let scope = one.scope, role != "property" {
                let witnesses = role == "owner" ? [head ?? company] : []
                try await community.join(phone, Terms(role, scope), by: [community.founder] + witnesses)
                if role == "head" { head = phone }
            }
            try await community.speak(phone, language)
            players[one.name] = Player(phone, language)
        }
        if story.fees { try await Fees.bill(community.founder) }
        return players
    }

    private func keep(_ seen: String, _ telling: Telling) {
        let folder = Place.shots.appendingPathComponent("flows")
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appendingPathComponent("\(telling.name)-\(telling.language).txt")
        try? seen.write(to: file, atomically: true, encoding: .utf8)
    }
}
