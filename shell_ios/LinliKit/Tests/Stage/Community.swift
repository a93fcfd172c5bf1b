import Foundation
import LinliKit
import Shared

/// What somebody is let in as, in stored words.
public struct Terms: Sendable {
    let role: String
    let scope: String
    let staff: [String]

    public init(_ role: String, _ scope: String, staff: [String] = []) {
        self.role = role
        self.scope = scope
        self.staff = staff
    }

    public static let company = Terms(
        "property", "community", staff: ["dispatcher", "repair_worker", "finance", "desk"])
}

/// A small community of real phones around a real relay.
@MainActor
public final class Community {
    public let stage: Stage
    public let founder: Phone
    public private(set) var phones: [Phone] = []
    private let folder: URL

    public init() async throws {
        folder = try Place.freshFolder()
        stage = try Stage(folder)
        founder = try Phone("founder", folder.appendingPathComponent("founder"), try stage.cable())
        phones = [founder]
        let rooms = (1...6).flatMap { floor in (1...2).map { "3,2,\(floor)0\($0),home,89.37" } }
        founder.send(
            .found(name: "和园", relay: stage.relay, operatorToken: stage.token, roster: rooms.joined(separator: "\n")))
        try await member(founder)
    }

    public func phone(_ name: String, undoMs: UInt32 = 300) throws -> Phone {
        let place = folder.appendingPathComponent("\(phones.count)")
        let phone = try Phone(name, place, try stage.cable(), undoMs: undoMs)
        phones.append(phone)
        return phone
    }

    /// Lets a phone in: each reviewer compares the code and approves.
    public func join(_ phone: Phone, _ terms: Terms, by reviewers: [Phone]) async throws {
        let name = phone.name
        phone.send(.join(invite: try await invite(reviewers[0], terms), name: name))
        for reviewer in reviewers {
            let waiting: () -> Applicant? = {
                reviewer.linli.people.now.applicants.first { $0.name == name && $0.code != nil && !$0.decided }
            }
            var nudges = 0
            let applicant = try await until("\(name) at \(reviewer.name)") {
                nudges += 1
                if nudges % 20 == 1 { reviewer.send(.syncNow) }
                return waiting()
            }
            _ = try await until("the same digits") { (phone.linli.frame.now.code == applicant.code).orNil }
            reviewer.send(.approve(invite: applicant.invite, who: applicant.who[0].who))
            _ = try await until("decided") { (waiting() == nil).orNil }
        }
        try await member(phone)
    }

    public func speak(_ phone: Phone, _ language: String) async throws {
        phone.send(.speak(language: language))
        _ = try await until("speaks \(language)") { (phone.linli.frame.now.language == language).orNil }
    }

    private func member(_ phone: Phone) async throws {
        _ = try await until("\(phone.name) is a member") { (phone.linli.frame.now.phase == .member).orNil }
    }

    public func invite(_ by: Phone, _ terms: Terms) async throws -> String {
        let before = by.linli.frame.now.invitation
        let place = terms.scope == "community" ? [] : [Answer(word: "place", value: terms.scope)]
        let staff = terms.staff.map { Answer(word: "staff", value: $0) }
        by.send(.inviteAs(role: terms.role, answers: place + staff))
        return try await until("an invitation") {
            by.linli.frame.now.invitation.flatMap { $0 == before ? nil : $0 }
        }
    }

    public func close() {
        phones = []
        stage.close()
        try? FileManager.default.removeItem(at: folder)
    }
}
