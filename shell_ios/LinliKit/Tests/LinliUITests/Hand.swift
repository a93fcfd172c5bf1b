import Foundation
import LinliKit
import LinliUI
import Shared
import Stage
import SwiftUI

/// Somebody with a phone in the hand.
@MainActor
final class Player {
    let phone: Phone
    let language: String
    private(set) var pages = Pages()
    private(set) var screen: Glass<LinliRoot>!

    init(_ phone: Phone, _ language: String) {
        self.phone = phone
        self.language = language
        screen = lit()
    }

    /// The process ends, and the app is opened again.
    func kill() async throws {
        screen.end()
        screen = nil
        try await phone.restart()
        pages = Pages()
        screen = lit()
    }

    private func lit() -> Glass<LinliRoot> {
        let isChinese = language == "zh"
        return Glass(LinliRoot(linli: phone.linli, tools: phone.hands, pages: pages)) {
            $0.pictures = { bytes, _ in bytes.starts(with: [0xFF, 0xD8]) ? Image._picture("photo") : nil }
            $0._back = isChinese ? "返回" : "Back"
        }
    }
}

/// Carries out the steps of a story.
@MainActor
struct Hand {
    let player: Player
    let players: [String: Player]
    let stage: Stage

    func act(_ step: Story.Step) async throws {
        let said = step.called.first ?? []
        switch step.verb {
        case "see": _ = try await wait("it is not to be seen") { find(said) }
        case "gone": _ = try await wait("it is still to be seen") { (find(said) == nil).orNil }
        case "tap": try await tap(said)
        case "off":
            _ = try await wait("nothing so called is off") {
                find(said) { $0.act != nil }.flatMap { $0.isEnabled ? nil : $0 }
            }
        case "type": try await type(step.words[0], step.called[1])
        case "scan": player.phone.hands.scanned = code(of: players[step.words[0]]!.phone.linli)
        case "photo": player.phone.hands.photo = try stage.photo()
        case "same": try await same(players[step.words[0]]!.phone)
        case "rest": try await rest()
        case "offline": try player.phone.cable.cut()
        case "online": try player.phone.cable.mend()
        case "sync": await player.screen.pull()
        case "kill": try await player.kill()
        default: throw Unmet(what: "no such verb: \(step.verb)")
        }
    }

    /// The code on somebody's screen: a receipt's, else an invitation.
    private func code(of linli: Linli) -> String? {
        let money = linli.money.now
        return (money.home?.fresh ?? money.receipt)?.code ?? linli.frame.now.invitation
    }

    private func tap(_ said: [String]) async throws {
        let button = try await wait("nothing so called can be tapped") {
            find(said) { $0.act != nil }.flatMap { $0.isEnabled ? $0 : nil }
        }
        button.act?()
        // Nobody is so fast as to tap again before they see what came of it.
        try await Task.sleep(for: .milliseconds(50))
    }

    private func type(_ text: String, _ field: [String]) async throws {
        let found = try await wait("there is no such field") {
            find(field) { $0.text != nil } ?? find(field).flatMap { _ in keys(text).first }
        }
        if let typed = found.text {
            typed.wrappedValue = text
        } else {
            find([Word.moneyClear.zh, Word.moneyClear.en]) { $0.act != nil }?.act?()
            keys(text).forEach { $0.act?() }
        }
        _ = player.screen.draw()
    }

    /// Keys of the app's own for what is typed; none if one of them is not there.
    private func keys(_ text: String) -> [Node] {
        let buttons = player.screen.draw().elements.filter { $0.act != nil }
        let keys = text.map { key in buttons.first { $0.allWords == [String(key)] } }
        return keys.contains { $0 == nil } ? [] : keys.compactMap { $0 }
    }

    private func same(_ other: Phone) async throws {
        let code = try await wait("there are no digits") { player.phone.linli.frame.now.code }
        _ = try await wait("the digits are others") {
            other.linli.people.now.applicants.contains { $0.code == code }.orNil
        }
    }

    /// Longer than what waits until somebody stops typing.
    private func rest() async throws {
        _ = player.screen.draw()
        try await Task.sleep(for: .milliseconds(2_300))
        _ = player.screen.draw()
    }

    /// What is exactly so called comes before what contains it.
    private func find(_ said: [String], _ fits: (Node) -> Bool = { _ in true }) -> Node? {
        let called = player.screen.draw().elements.compactMap { element -> (Node, Int)? in
            let words = element.allWords
            let isCalled = words.contains { word in said.contains { word.contains($0) } }
            return isCalled && fits(element) ? (element, words.joined().count) : nil
        }
        return called.min { $0.1 < $1.1 }?.0
    }

    private func wait<Found>(_ failing: String, _ look: () throws -> Found?) async throws -> Found {
        do { return try await until(failing, look) } catch let unmet as Unmet {
            throw Unmet(what: "\(unmet.what); to be seen is\n\(player.screen.draw().told())")
        }
    }
}
