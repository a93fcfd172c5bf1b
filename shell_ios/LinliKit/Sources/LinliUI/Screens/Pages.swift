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

    /// Whether it comes up from below, to be finished or given up, as iPhone people expect of a task.
    public var isTask: Bool {
        switch self {
        case .report, .act, .join, .invite, .register: true
        case .today, .repairs, .people, .me, .repair, .sync, .data, .communities, .founding: false
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

    public func open(_ route: Route) {
        if route == .founding {
            begun = [route]
        } else if route.isTask {
            task = route
        } else {
            task = nil
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
