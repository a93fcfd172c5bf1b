import Foundation
import LinliUI
import Stage
import SwiftUI
import Testing

@MainActor
@Suite struct LeakTests {
    /// A screen that kept the core would keep its files open.
    @Test func aScreenThatIsClosedKeepsNothing() async throws {
        let community = try await Community()
        defer { community.close() }
        let phone = community.founder
        let pages: [Route] = [
            .today, .repairs, .people, .me, .report, .sync, .data, .communities, .join, .invite, .register,
            .money, .scanReceipt(text: nil), .homeMoney(unit: Fees.door, round: nil),
            .collect(unit: Fees.door, round: nil), .book(name: "fund"),
        ]
        for page in pages {
            let player = Player(phone, "zh")
            _ = player.screen.draw()
            if Pages.tabs.contains(page) { player.pages.switchTo(page) } else { player.pages.open(page) }
            _ = player.screen.draw()
            try await player.kill()
            player.screen.end()
        }
    }
}
