import Shared
import SwiftUI

/// Who wants to come in, and who is here.
struct PeopleScreen: View {
    @Environment(\.look) private var look
    @State private var search = ""
    let at: At

    var body: some View {
        let people = at.linli.people.now
        let waiting = people.applicants.filter { !$0.decided }
        let end = people.offset + UInt32(people.people.count)
        Page(at, look.say(.peopleTitle)) {
            if !waiting.isEmpty {
                Part(look.say(.peopleApplications), count: "\(waiting.count)") {
                    ForEach(waiting, id: \.invite) { ApplicantRows(at: at, applicant: $0) }
                }
            }
            Section {
                if !people.inviting.isEmpty {
                    GhostButton(look.say(.peopleInvite), "person.badge.plus") { at.open(.invite) }.bare()
                }
                if !people.registering.isEmpty {
                    GhostButton(look.say(.peopleRegister), "figure.and.child.holdinghands") { at.open(.register) }
                        .bare()
                }
            }
            Part(look.say(.peopleMembers), count: "\(people.total)") {
                Field(look.say(.repairsSearchHint), text: $search)
            }
            if people.people.isEmpty { Empty(symbol: Sign.people.symbol, text: look.say(.nothingFound)) }
            ForEach(people.people, id: \.person) { person in
                Section { PersonRows(at: at, person: person) }
            }
            if end < people.total { Section { GhostButton(look.say(.more)) { show(end) }.bare() } }
        }
        .task(id: search) {
            if !search.isEmpty { try? await Task.sleep(for: searchPause) }
            if !Task.isCancelled { show(0) }
        }
        .onDisappear { at.send(.hidePeople) }
    }

    private func show(_ offset: UInt32) { at.send(.people(search: search, role: nil, offset: offset)) }
}

/// The digits first: nobody is let in before they were compared face to face.
private struct ApplicantRows: View {
    @Environment(\.look) private var look
    @State private var chosen: WhoChoice?
    let at: At
    let applicant: Applicant

    var body: some View {
        let who = chosen ?? (applicant.who.count == 1 ? applicant.who.first : nil)
        let what = "\(applicant.roleText) \(applicant.scopeText)"
        VStack(alignment: .leading, spacing: Space.s) {
            Say(look.say(.peopleWants(who: applicant.name, what: what)), \.bodyStrong)
            ForEach(applicant.staffTexts + [applicant.untilText].compactMap { $0 }, id: \.self) { Say($0, \.quiet) }
            if let code = applicant.code {
                Say(look.say(.peopleCompare), \.quiet, \.textQuiet)
                Say(grouped(code), \.figureLarge)
                Say(look.say(.peopleFaceToFace), \.quiet, \.textQuiet)
            }
        }
        .accessibilityElement(children: .combine).onCard()
        if applicant.mayDecide {
            if applicant.who.count > 1 {
                ForEach(applicant.who, id: \.text) { choice in
                    Option(choice.text, chosen: who == choice) { chosen = choice }
                }
            }
            MainButton(look.say(.peopleApprove)) {
                if let who { at.send(.approve(invite: applicant.invite, who: who.who)) }
            }
            .disabled(who == nil).onCard()
            GhostButton(look.say(.peopleRefuse)) { at.send(.refuseApplication(invite: applicant.invite)) }.onCard()
        }
    }
}

private struct PersonRows: View {
    @Environment(\.look) private var look
    let at: At
    let person: Person

    var body: some View {
        ForEach(person.duties, id: \.self) { duty in
            VStack(alignment: .leading, spacing: Space.xs) {
                Say("\(duty.roleText) \(duty.scopeText) · \(duty.stateText)", \.bodyStrong)
                ForEach(duty.staffTexts + [duty.untilText].compactMap { $0 }, id: \.self) { Say($0, \.quiet) }
            }
            .accessibilityElement(children: .combine).onCard()
            if duty.mayEnd && !person.own {
                Surely(word: look.say(.peopleWithdraw), about: look.say(.peopleWithdrawAbout)) {
                    at.send(.endDuty(person: person.person, role: duty.role, scope: duty.scope, reason: .relieved))
                }
            }
        }
        Say(person.short, \.quiet, \.textQuiet).onCard()
        ForEach(person.devices.filter { $0.mayRevoke && !$0.own }, id: \.device) { device in
            Say(device.numberText, \.quiet).onCard()
            Surely(word: look.say(.peopleLost), about: look.say(.peopleRevokeAbout)) {
                at.send(.revoke(device: device.device, reason: .lost))
            }
        }
        if !person.devices.isEmpty && person.devices.allSatisfy(\.ended) {
            Say(look.say(.peopleRevoked), \.quiet, \.bad).onCard()
        }
    }
}

/// What cannot be undone is asked for twice, with what it means.
private struct Surely: View {
    @Environment(\.look) private var look
    @State private var isAsked = false
    let word: String
    let about: String
    let go: @MainActor () -> Void

    var body: some View {
        if isAsked {
            Say(about).onCard()
            MainButton(look.say(.peopleSurely)) {
                isAsked = false
                go()
            }
            .onCard()
            GhostButton(look.say(.cancel)) { isAsked = false }.onCard()
        } else {
            GhostButton(word) { isAsked = true }.onCard()
        }
    }
}
