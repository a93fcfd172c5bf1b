import Foundation
import LinliKit
import LinliUI
import Shared
import Stage
import SwiftUI
import Testing

/// What the stories of money do not tell.
@MainActor
@Suite struct MoneyTests {
    @Test func notesThatWereTypedAreFoundAgainAfterAKill() async throws {
        let here = try await Neighbours()
        defer { here.community.close() }
        let head = Player(here.head, "zh")
        let hand = Hand(player: head, players: [:], stage: here.community.stage)
        let to: [(String, [String])] = [("tap", ["个收费任务"]), ("tap", ["手里现金 ¥10.02"])]
        for (verb, words) in to { try await hand.act(step(verb, words)) }
        try await hand.act(step("tap", ["点钞"]))
        try await hand.act(step("type", ["一1x0", "10 元"]))
        try await hand.act(step("see", ["合计 ¥100.00"]))
        try await head.kill()
        for (verb, words) in to { try await hand.act(step(verb, words)) }
        try await hand.act(step("tap", ["点钞"]))
        try await hand.act(step("see", ["合计 ¥100.00"]))
        try await hand.act(step("type", ["1", "10 元"]))
        try await hand.act(step("type", ["1", "0.02 元"]))
        try await hand.act(step("tap", ["点钞"]))
        try await hand.act(step("see", ["10.02"]))
        try await hand.act(step("gone", ["0.02 元"]))
        // What was counted is not found again.
        let drafts = here.head.linli.drafts
        _ = try await until("no draft any more") { (!drafts.now.drafts.contains { $0.name.hasPrefix("notes/") }).orNil }
        head.screen.end()
    }

    @Test func moneyIsNotToldToWhoLeftItsPages() async throws {
        let here = try await Neighbours()
        defer { here.community.close() }
        let (owner, money) = (Player(here.owner, "zh"), here.owner.linli.money)
        let hand = Hand(player: owner, players: [:], stage: here.community.stage)
        try await hand.act(step("tap", ["应缴 ¥10.02"]))
        try await hand.act(step("tap", ["我家 \(Fees.door)"]))
        try await hand.act(step("see", ["朗读金额"]))
        try await hand.act(step("tap", ["返回"]))
        // What happens when a page goes happens when the next one is drawn.
        _ = owner.screen.draw()
        _ = try await until("no home any more") { (money.now.home == nil && !money.now.homes.isEmpty).orNil }
        try await hand.act(step("tap", ["返回"]))
        _ = owner.screen.draw()
        _ = try await until("nothing any more") { money.now.homes.isEmpty.orNil }
        owner.screen.end()
    }

    @Test func whatIsUnfoldedStandsWhereItWasTapped() async throws {
        let here = try await Neighbours()
        defer { here.community.close() }
        let owner = Player(here.owner, "zh")
        let hand = Hand(player: owner, players: [:], stage: here.community.stage)
        try await hand.act(step("tap", ["应缴 ¥10.02"]))
        try await hand.act(step("tap", ["到期 · 12 张账单"]))
        // An owner sees one bill, and the sums of all stairs.
        try await hand.act(step("see", ["1 张账单复算一致"]))
        try await hand.act(step("see", ["3号楼2单元"]))
        try await hand.act(step("tap", ["我家 \(Fees.door)"]))
        try await hand.act(step("gone", ["89.37"]))
        try await hand.act(step("tap", ["怎么算的"]))
        try await hand.act(step("see", ["89.37"]))
        try await hand.act(step("tap", ["出示收据码"]))
        try await hand.act(step("see", ["请缴费人扫码收下"]))
        try await hand.act(step("tap", ["出示收据码"]))
        try await hand.act(step("gone", ["请缴费人扫码收下"]))
        try await hand.act(step("tap", ["朗读金额"]))
        #expect(here.owner.hands.spoken == "3-2-501 应缴 10.02 元")
        owner.screen.end()
    }

    @Test func aRefusalLeavesTheSumAndMoreCanBeSaid() async throws {
        let here = try await Neighbours()
        defer { here.community.close() }
        let head = Player(here.head, "zh")
        let hand = Hand(player: head, players: [:], stage: here.community.stage)
        head.pages.open(.round(id: here.fees.round))
        try await hand.act(step("tap", [Fees.door]))
        try await hand.act(step("tap", ["收现金"]))
        try await hand.act(step("off", ["开收据"]))
        try await hand.act(step("type", ["20", "金额（元）"]))
        try await hand.act(step("tap", ["开收据"]))
        // More than is owed.
        try await hand.act(step("tap", ["知道了"]))
        try await hand.act(step("see", ["¥20"]))
        try await hand.act(step("tap", ["更多选项"]))
        try await hand.act(step("tap", ["多出的算预缴"]))
        try await hand.act(step("tap", ["开收据"]))
        try await hand.act(step("see", ["请缴费人扫码收下"]))
        try await hand.act(step("see", ["余额 ¥9.98，下次账单自动抵扣"]))
        let drafts = here.head.linli.drafts
        _ = try await until("no draft any more") { (!drafts.now.drafts.contains { $0.name.hasPrefix("sum/") }).orNil }
        head.screen.end()
    }

    @Test func aVoucherIsAPhotoAndWhatIsDecidedIsFoundAgainAfterAKill() async throws {
        let community = try await Community()
        defer { community.close() }
        let (company, committee) = (try community.phone("陈师傅"), try community.phone("周主任"))
        try await community.join(company, .company, by: [community.founder])
        try await community.join(committee, Terms("committee", "community"), by: [community.founder])
        let project = try await Fees.plan(company, "更换水泵")
        let member = Player(committee, "zh")
        let hand = Hand(player: member, players: [:], stage: community.stage)
        member.pages.open(.book(name: "committee"))
        try await hand.act(step("tap", ["登记支出"]))
        for (text, field) in [("印通知", "原因或说明"), ("12", "金额（元）"), ("发票0918", "发票号")] {
            try await hand.act(step("type", [text, field]))
        }
        let draft = "act/books/expense"
        committee.send(.attach(draft: draft, voice: true, file: try voice().path))
        try await hand.act(step("see", ["一段话"]))
        try await hand.act(step("off", ["登记支出"]))
        committee.send(.attach(draft: draft, voice: false, file: try community.stage.photo().path))
        try await hand.act(step("tap", ["登记支出"]))
        try await hand.act(step("see", ["印通知"]))
        let decision = "同意用维修资金更换水泵"
        for times in 1...2 {
            company.send(.syncNow)
            committee.send(.syncNow)
            member.pages.open(.book(name: project))
            try await hand.act(step("tap", ["批准"]))
            if times == 1 {
                try await hand.act(step("type", [decision, "决定原文"]))
                try await hand.act(step("rest", []))
                try await member.kill()
            }
        }
        let kept = { committee.linli.drafts.now.drafts.contains { $0.text == decision } }
        #expect(kept())
        try await hand.act(step("type", ["1200", "金额（元）"]))
        try await hand.act(step("tap", ["批准"]))
        try await hand.act(step("see", ["等第二人签"]))
        _ = try await until("no draft any more") { (!kept()).orNil }
        member.screen.end()
    }

    /// As much of a voice note as the core looks at.
    private func voice() throws -> URL {
        let file = try Place.freshFolder().appendingPathComponent("voice.ogg")
        try Data("OggS".utf8).write(to: file)
        return file
    }

    private func step(_ verb: String, _ words: [String]) -> Story.Step {
        Story.Step(who: "", verb: verb, words: words, called: words.map { [$0] })
    }
}
