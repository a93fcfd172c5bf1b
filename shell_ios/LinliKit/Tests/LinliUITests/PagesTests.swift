@testable import LinliUI
import Testing

@MainActor
@Suite struct PagesTests {
    @Test func aTaskStandsAboveWhatItWasBegunOn() {
        let pages = Pages()
        pages.open(.repair(id: "x"))
        pages.open(.act(id: "x", action: "pause"))
        #expect(pages.task == .act(id: "x", action: "pause"))
        pages.back()
        #expect(pages.task == nil && pages.opened[.today] == [.repair(id: "x")])
        pages.back()
        pages.back()
        #expect(pages.opened[.today] == [])
    }

    @Test func aPageIsOpenedOnceAndEndsTheTask() {
        let pages = Pages()
        pages.open(.sync)
        pages.open(.report)
        pages.open(.sync)
        #expect(pages.task == nil && pages.opened[.today] == [.sync])
        pages.open(.data)
        pages.switchTo(.today)
        #expect(pages.opened[.today] == [])
    }

    @Test func theNextDoorTakesThePlaceOfTheLast() {
        let pages = Pages()
        pages.open(.money)
        pages.open(.round(id: "r"))
        for unit in ["3-2-101", "3-2-102"] { pages.open(.homeMoney(unit: unit, round: "r")) }
        #expect(pages.opened[.today] == [.money, .round(id: "r"), .homeMoney(unit: "3-2-102", round: "r")])
        pages.back()
        #expect(pages.opened[.today] == [.money, .round(id: "r")])
    }

    @Test func moneyIsLookedAtUntilItsLastPageIsLeft() {
        let pages = Pages()
        #expect(!pages.isOnMoney)
        pages.open(.money)
        pages.open(.homeMoney(unit: "3-2-101", round: nil))
        pages.open(.collect(unit: "3-2-101", round: nil))
        #expect(pages.isOnMoney)
        pages.open(.book(name: "fund"))
        #expect(pages.isOnMoney)
        pages.switchTo(.repairs)
        #expect(!pages.isOnMoney)
    }
}
