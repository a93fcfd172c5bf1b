import Shared
import SwiftUI

/// The draft of a report, and beside it what was chosen.
let reportDraft = "report"
private let draftClass = "report/class"
private let draftPlace = "report/place"
private let draftBehalf = "report/behalf"
private let draftTarget = "report/target"

/// How long one stops typing before a door is taken.
private let doorPause = Duration.milliseconds(500)

/// What is broken, where, a photo, and up it goes; everything is kept as it is chosen.
struct ReportScreen: View {
    @Environment(\.look) private var look
    @State private var typed = ""
    /// The core takes the draft away with the report; a refusal leaves it, and everybody on the page.
    @State private var isSent = false
    let at: At

    var body: some View {
        let drafts = at.linli.drafts.now
        Page(at, look.say(.reportTitle)) {
            Part(look.say(.reportWhat)) {
                Kinds(drafts: drafts, chosen: kind?.`class`) { keep(draftClass, $0) }
                if kind?.emergency == true { Say(look.say(.reportDanger), \.bodyStrong, \.bad).bare() }
                if kind?.complaint == true {
                    Options(choices: drafts.targets, chosen: [target]) { keep(draftTarget, $0) }
                }
            }
            if !drafts.behalf.isEmpty {
                Behalf(people: drafts.behalf, chosen: behalf) { keep(draftBehalf, $0) }
            }
            if behalf == nil { Where(places: drafts.places, place: place) { keep(draftPlace, $0) } }
            Section { Field(look.say(.reportWhatHint), lines: 2, text: $typed) }
            Section {
                let draft = drafts.drafts.first { $0.name == reportDraft }
                Attachments(at: at, draft: draft ?? Draft(name: reportDraft, text: "", attachments: []))
            }
            if !drafts.alike.isEmpty { Alike(at: at, lines: drafts.alike) }
        } bottom: {
            MainButton(look.say(.reportSend), act: send).disabled(!isReady || isSent)
        }
        .onAppear { typed = drafts.text(reportDraft) }
        .keeps(at, draft: reportDraft, kept: drafts.text(reportDraft), typed: typed, while: !isSent)
        .onChange(of: [place, kind?.`class` ?? ""], initial: true) {
            at.send(.alike(place: place.isEmpty || kind == nil ? nil : place, class: kind?.`class` ?? ""))
        }
        .onChange(of: isSent && !isKept) {
            guard isSent, !isKept else { return }
            at.send(.alike(place: nil, class: ""))
            at.back()
        }
        .onChange(of: at.frame.toast) { if at.frame.toast != nil { isSent = false } }
    }

    private var kind: ClassChoice? {
        let drafts = at.linli.drafts.now
        return drafts.classes.first { $0.`class` == drafts.text(draftClass) }
    }

    private var behalf: BehalfChoice? {
        let drafts = at.linli.drafts.now
        return drafts.behalf.first { $0.person == drafts.text(draftBehalf) }
    }

    private var place: String { behalf?.place ?? at.linli.drafts.now.text(draftPlace) }

    private var target: String { at.linli.drafts.now.text(draftTarget) }

    private var isReady: Bool {
        guard let kind, !place.isEmpty else { return false }
        return !kind.complaint || !target.isEmpty
    }

    private var isKept: Bool {
        at.linli.drafts.now.drafts.contains { $0.name == reportDraft || $0.name.hasPrefix("\(reportDraft)/") }
    }

    private func keep(_ name: String, _ text: String) { at.send(.keepDraft(name: name, text: text)) }

    private func send() {
        guard let kind else { return }
        // Whoever is refused finds again what they typed.
        if typed != at.linli.drafts.now.text(reportDraft) { keep(reportDraft, typed) }
        let report = Report(
            place: place, class: kind.`class`, text: typed.isBlank ? kind.text : typed, onBehalf: behalf?.person,
            slots: [], target: kind.complaint ? target : nil)
        at.send(.report(report: report, draft: reportDraft))
        isSent = true
    }
}

private struct Kinds: View {
    @Environment(\.look) private var look
    @State private var all = false
    let drafts: Drafts
    let chosen: String?
    let choose: @MainActor (String) -> Void

    var body: some View {
        let shown = drafts.classes.filter { all || $0.usual || $0.`class` == chosen }
        let across = look.stacked || look.elder ? 2 : 4
        let column = GridItem(.flexible(), spacing: look.targets.gap)
        LazyVGrid(columns: Array(repeating: column, count: across), spacing: look.targets.gap) {
            ForEach(shown, id: \.`class`) { kind in
                KindTile(kind: kind, chosen: kind.`class` == chosen) { choose(kind.`class`) }
            }
        }
        .bare()
        if shown.count < drafts.classes.count { GhostButton(look.say(.showAll)) { all = true }.bare() }
    }
}

/// A place nearby, or any door by its number.
private struct Where: View {
    @Environment(\.look) private var look
    @State private var door = ""
    let places: [Choice]
    let place: String
    let choose: @MainActor (String) -> Void

    var body: some View {
        Part(look.say(.reportWhere)) {
            Options(choices: places, chosen: [place], choose: choose)
            Field(look.say(.reportDoor), text: $door)
        }
        .onAppear { if !places.contains(where: { $0.value == place }) { door = place } }
        .task(id: door) {
            guard !door.isBlank, door.trimmed != place, (try? await Task.sleep(for: doorPause)) != nil else { return }
            choose(door.trimmed)
        }
    }
}

private struct Behalf: View {
    @Environment(\.look) private var look
    @State private var isOpen = false
    let people: [BehalfChoice]
    let chosen: BehalfChoice?
    let choose: @MainActor (String) -> Void

    var body: some View {
        if chosen == nil && !isOpen {
            Section { GhostButton(look.say(.reportOnBehalf), "person.2") { isOpen = true }.bare() }
        } else {
            Part(look.say(.reportOnBehalfWho)) {
                ForEach(people, id: \.person) { person in
                    Option(person.text, chosen: person == chosen) { choose(person.person) }
                }
                GhostButton(look.say(.reportForMyself)) {
                    isOpen = false
                    choose("")
                }
                .bare()
            }
        }
    }
}

/// A neighbour's report of the same thing: one tap joins it.
private struct Alike: View {
    @Environment(\.look) private var look
    let at: At
    let lines: [RepairLine]

    var body: some View {
        Section {
            ForEach(lines, id: \.id) { line in
                Line(look.say(.reportAlike), line.sign.symbol, act: { at.openRepair(line.id) }) {
                    Say("\(line.excerpt) · \(line.place)", \.quiet)
                    StatusChip(chip: line.chip)
                }
            }
        }
    }
}
