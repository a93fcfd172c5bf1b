import LinliKit
import LinliUI
import Shared
import Stage
import SwiftUI
import Testing

/// What people see of money, from door to bank.
@MainActor
@Suite struct MoneyTests {
    @Test func aRoundIsWalkedCountedAndTakenOver() async throws {
        let here = try await Neighbours()
        defer { here.community.close() }
        let head = Player(here.head, "zh")
        let hand = Hand(player: head, players: ["company": Player(here.company, "zh")], stage: here.community.stage)
        for step in ["tap 收费", "see x"] { print(step) }
        _ = hand
        print(head.screen.draw().told())
    }
}
