import Observation

/// A page of the app.
public enum Route: Hashable, Sendable {
    case today
    case repairs
    case people
    case me
    case report
    case repair(id: String)
    /// What an action of a repair asks for.
    case act(id: String, action: String)
    case sync
    case data
    case communities
    case join
    case invite
    case register
    case founding
    case money
    /// The money of a home; on a round, at its door.
    case homeMoney(unit: String, round: String?)
    case round(id: String)
    case collect(unit: String, round: String?)
    /// Notes are counted, as an action of a round or of a count asks.
    case count(subject: String, action: String, round: String)
    /// What was read by the camera, if anything was.
    case scanReceipt(text: String?)
    /// A page of the books.
    case book(name: String)
    /// What an action about money asks for.
    case moneyAct(subject: String, action: String)

    /// Whether it comes up from below, to be finished or given up, as iPhone people expect of a task.
    public var isTask: Bool {
        switch self {
        case .report, .act, .join, .invite, .register, .collect, .count, .moneyAct: true
        case .today, .repairs, .people, .me, .repair, .sync, .data, .communities, .founding: false
        case .money, .homeMoney, .round, .scanReceipt, .book: false
        }
    }

    /// Whether it shows money, as a page of a tab.
    var isMoney: Bool {
        switch self {
        case .money, .homeMoney, .round, .scanReceipt, .book: true
        default: false
        }
    }
}

extension Route: Identifiable {
    public var id: Self { self }
}

/// Which pages are open: a tab, what was opened on it, and at most one task above it.
@MainActor
@Observable
public final class Pages {
    public static let tabs: [Route] = [.today, .repairs, .people, .me]
    public var tab = Route.today
    public var opened: [Route: [Route]] = [:]
    public var task: Route?
    /// What was opened before there is a community.
    public var begun: [Route] = []

    public init() {}

    /// What is opened on a tab.
    public subscript(on tab: Route) -> [Route] {
        get { opened[tab] ?? [] }
        set { opened[tab] = newValue }
    }

    /// Whether money is looked at.
    var isOnMoney: Bool { self[on: tab].last?.isMoney ?? false }

    public func open(_ route: Route) {
        if route == .founding {
            begun = [route]
        } else if route.isTask {
            task = route
        } else {
            task = nil
            // The next door takes the place of the last: the way back is to the round.
            if case .homeMoney = route, case .homeMoney = self[on: tab].last { _ = opened[tab]?.popLast() }
            opened[tab, default: []].removeAll { $0 == route }
            opened[tab, default: []].append(route)
        }
    }

    /// Shows one of the tabs, with nothing on it.
    public func switchTo(_ route: Route) {
        task = nil
        begun = []
        tab = route
        opened[route] = []
    }

    public func back() {
        if task != nil {
            task = nil
        } else {
            _ = opened[tab]?.popLast()
        }
    }
}
