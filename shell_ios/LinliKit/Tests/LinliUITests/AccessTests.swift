import Foundation
import LinliKit
import LinliUI
import Shared
import Stage
import SwiftUI
import Testing

/// Every page, for who sees little, hears the screen, or has large fingers.
@MainActor
@Suite struct AccessTests {
    private struct Way {
        let name: String
        var elder = false
        var letters = DynamicTypeSize.large
        var isStill = false
        var language = "zh"
    }

    private let ways = [
        Way(name: "as usual"), Way(name: "English", language: "en"), Way(name: "elder", elder: true),
        Way(name: "large letters", letters: .accessibility3), Way(name: "still", isStill: true),
        Way(name: "elder, large, English", elder: true, letters: .accessibility3, language: "en"),
    ]

    @Test func everyPageCanBeUsedByEverybody() async throws {
        let here = try await Neighbours()
        defer { here.community.close() }
        var letters: [String: [String: Double]] = [:]
        for way in ways {
            for phone in [here.company, here.head, here.owner, here.fresh, here.founding] {
                try await here.community.speak(phone, way.language)
                phone.send(.elder(on: way.elder))
                _ = try await until("elder") { (phone.linli.frame.now.elder == way.elder).orNil }
            }
            for (page, phone, route) in pages(here) {
                let seen = try await draw(phone, route, way)
                let faults = faults(seen, way)
                #expect(faults.isEmpty, "\(page), \(way.name): \(faults.joined(separator: "; "))\n\(seen.told())")
                letters[way.name, default: [:]][page] = seen.all.compactMap(\.letters).max()
            }
        }
        for (page, usual) in letters["as usual"]! {
            #expect(letters["large letters"]![page]! > usual, "the letters of \(page) do not grow")
        }
    }

    private func pages(_ here: Neighbours) -> [(String, Phone, Route)] {
        [
            ("today of an owner", here.owner, .today), ("today of a head", here.head, .today),
            ("repairs", here.head, .repairs), ("people", here.head, .people), ("me", here.owner, .me),
            ("report", here.owner, .report), ("report of a head", here.head, .report), ("sync", here.owner, .sync),
            ("data", here.owner, .data), ("communities", here.owner, .communities), ("invite", here.head, .invite),
            ("register", here.head, .register), ("repair", here.owner, .repair(id: here.leak)),
            ("conflict", here.head, .repair(id: here.door)),
            ("act", here.company, .act(id: here.leak, action: "pause")), ("start", here.fresh, .today),
            ("founding", here.founding, .founding),
        ] + money(here) + books(here)
    }

    private func money(_ here: Neighbours) -> [(String, Phone, Route)] {
        let (round, count, door) = (here.fees.round, here.fees.count, Fees.door)
        return [
            ("money of an owner", here.owner, .money), ("money of a company", here.company, .money),
            ("own home", here.owner, .homeMoney(unit: door, round: nil)),
            ("at the door", here.head, .homeMoney(unit: "3-2-502", round: round)),
            ("round", here.head, .round(id: round)), ("round of a company", here.company, .round(id: round)),
            ("collect", here.head, .collect(unit: "3-2-502", round: round)),
            ("recount", here.company, .count(subject: count, action: "recount", round: round)),
            ("count", here.head, .count(subject: "round/\(round)", action: "count", round: round)),
            ("scan", here.owner, .scanReceipt(text: "linli:receipt/AAAA")),
            ("bill", here.company, .moneyAct(subject: "money", action: "bill")),
        ]
    }

    private func books(_ here: Neighbours) -> [(String, Phone, Route)] {
        [
            ("ledger", here.company, .book(name: "ledger")), ("fund", here.owner, .book(name: "fund")),
            ("project", here.company, .book(name: here.fees.project)),
            ("common income", here.company, .book(name: "common")),
            ("plan", here.company, .moneyAct(subject: "books", action: "plan")),
        ]
    }

    /// What a task of the books is begun on.
    private func beneath(_ route: Route) -> Route? {
        if case .moneyAct("books", _) = route { .book(name: "fund") } else { nil }
    }

    /// What a page of money stands on is there before it is drawn.
    private func read(_ phone: Phone, _ route: Route) async throws {
        let money = { phone.linli.money.now }
        switch route {
        case .homeMoney(let unit, let round), .collect(let unit, let round):
            Fees.show(phone, home: unit, round: round)
            _ = try await until("the home") { (money().home?.unit == unit).orNil }
        case .round(let id), .count(_, _, let id):
            Fees.show(phone, round: id)
            _ = try await until("the round") { (money().round?.line.id == id).orNil }
        case .book(let name):
            Fees.show(phone, book: name)
            _ = try await until("the book") { (money().book?.name == name).orNil }
        case .money, .moneyAct:
            Fees.show(phone)
            _ = try await until("money") { (money().version > 0).orNil }
        default: break
        }
    }

    private func draw(_ phone: Phone, _ route: Route, _ way: Way) async throws -> Node {
        let pages = Pages()
        let beneath = beneath(route)
        if let beneath { pages.open(beneath) }
        if Pages.tabs.contains(route) { pages.switchTo(route) } else { pages.open(route) }
        if case .act(let id, _) = route {
            phone.send(.detail(id: id))
            _ = try await until("the repair") { (phone.linli.detail.now?.line.id == id).orNil }
        }
        try await read(phone, beneath ?? route)
        let glass = Glass(LinliRoot(linli: phone.linli, tools: phone.hands, pages: pages)) {
            $0.dynamicTypeSize = way.letters
            $0.accessibilityReduceMotion = way.isStill
        }
        defer { glass.end() }
        _ = glass.draw()
        // What the page asks of the core comes after it was drawn.
        try await Task.sleep(for: .milliseconds(60))
        return glass.draw()
    }

    private func faults(_ seen: Node, _ way: Way) -> [String] {
        let targets = way.elder ? Targets.elder : .normal
        var faults: [String] = []
        for node in seen.elements {
            let name = node.allWords.joined(separator: " ")
            guard node.act != nil || node.text != nil else { continue }
            if name.isEmpty { faults.append("a \(node.kind) without a label") }
            if node.kind != "Swiped", (node.minHeight ?? 0) < targets.min {
                faults.append("\(name) is \(node.minHeight ?? 0) high")
            }
        }
        for node in seen.all {
            let name = node.allWords.joined(separator: " ")
            if node.fixedHeight != nil && !name.isEmpty { faults.append("\(name) has a fixed height") }
            if let letters = node.letters, way.elder, letters < 18 { faults.append("letters of \(letters): \(name)") }
            if way.isStill && node.isAnimated { faults.append("\(name) moves") }
            let rows = node.kind == "Section" ? node.children : []
            faults += rows.filter { isSeveral($0) }.map { "not one element: \($0.allWords)" }
        }
        if seen.elements.allSatisfy({ $0.allWords.isEmpty }) { faults.append("an empty page") }
        return faults
    }

    /// A row of words alone that who listens would have to go through piece by piece.
    private func isSeveral(_ row: Node) -> Bool {
        row.elements.count > 1 && row.elements.allSatisfy { $0.act == nil && $0.text == nil }
    }
}
