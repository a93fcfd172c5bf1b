import LinliUI
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
}
