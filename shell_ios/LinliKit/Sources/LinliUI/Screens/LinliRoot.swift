import LinliKit
import Shared
import SwiftUI

/// The app: joining, or the tabs with what is opened on them.
public struct LinliRoot: View {
    @Environment(\.colorScheme) private var ground
    @Environment(\.dynamicTypeSize) private var letters
    private let at: At

    public init(linli: Linli, tools: any PhoneTools, pages: Pages) {
        at = At(linli: linli, tools: tools, pages: pages)
    }

    public var body: some View {
        let frame = at.frame
        let spoken: any Speech = frame.language == "zh" ? Chinese() : English()
        let look = Look(
            elder: frame.elder, dark: ground == .dark, stacked: letters.isAccessibilitySize, speech: spoken)
        Group {
            if frame.phase == .member || frame.phase == .ended {
                Tabs(at: at)
            } else {
                Begin(at: at)
            }
        }
        .environment(\.look, look).tint(look.color(\.accent))
    }
}

/// Before there is a community.
private struct Begin: View {
    let at: At

    var body: some View {
        @Bindable var pages = at.pages
        NavigationStack(path: $pages.begun) {
            JoinScreen(at: at, isFurther: false)
                .navigationDestination(for: Route.self) { Show(at: at, route: $0) }
        }
    }
}

private struct Tabs: View {
    @Environment(\.look) private var look
    let at: At

    var body: some View {
        @Bindable var pages = at.pages
        TabView(selection: $pages.tab) {
            tab(.today, .tabToday, "house").badge(Int(at.frame.badge)).tag(Route.today)
            tab(.repairs, .tabRepairs, Sign.repair.symbol).tag(Route.repairs)
            tab(.people, .tabPeople, Sign.people.symbol).tag(Route.people)
            tab(.me, .tabMe, "person").tag(Route.me)
        }
        .sheet(item: $pages.task) { route in TaskStack(at: at, route: route) }
    }

    private func tab(_ route: Route, _ word: Word, _ symbol: String) -> some View {
        TabStack(at: at, route: route).tabItem {
            Label {
                Text(verbatim: look.say(word))
            } icon: {
                Image(systemName: symbol)
            }
        }
    }
}

/// A tab, and what is opened on it.
private struct TabStack: View {
    let at: At
    let route: Route

    var body: some View {
        @Bindable var pages = at.pages
        NavigationStack(path: $pages[on: route]) {
            Show(at: at, route: route)
                .navigationDestination(for: Route.self) { Show(at: at, route: $0) }
        }
    }
}

/// A task above the page that it was begun on.
private struct TaskStack: View {
    @Environment(\.look) private var look
    let at: At
    let route: Route

    var body: some View {
        NavigationStack(path: .constant([Route]())) {
            Show(at: at, route: route).toolbar {
                ToolbarItem(placement: .cancellationAction) {
                    Button(action: at.back) { Text(verbatim: look.say(.close)) }
                }
            }
        }
        .environment(\.look, look).tint(look.color(\.accent))
    }
}

private struct Show: View {
    let at: At
    let route: Route

    var body: some View {
        switch route {
        case .today: TodayScreen(at: at)
        case .repairs: RepairsScreen(at: at)
        case .people: PeopleScreen(at: at)
        case .me: MeScreen(at: at)
        case .report: ReportScreen(at: at)
        case .repair(let id): RepairScreen(at: at, id: id)
        case .act(let id, let action): RepairAct(at: at, id: id, word: action)
        case .sync: SyncScreen(at: at)
        case .data: DataScreen(at: at)
        case .communities: CommunitiesScreen(at: at)
        case .join: JoinScreen(at: at, isFurther: true)
        case .invite: InviteScreen(at: at)
        case .register: RegisterScreen(at: at)
        case .founding: FoundingScreen(at: at)
        case .money: MoneyScreen(at: at)
        case .homeMoney(let unit, let round): HomeMoneyScreen(at: at, unit: unit, round: round)
        case .round(let id): RoundScreen(at: at, id: id)
        case .collect(let unit, let round): CollectScreen(at: at, unit: unit, round: round)
        case .count(let subject, let action, let round):
            CountScreen(at: at, subject: subject, word: action, round: round)
        case .scanReceipt(let text): ScanReceiptScreen(at: at, read: text)
        case .book(let name): BookScreen(at: at, name: name)
        case .moneyAct(let subject, let action): MoneyAct(at: at, subject: subject, word: action)
        }
    }
}
