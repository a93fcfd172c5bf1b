import LinliKit
import Shared
import SwiftUI

/// Where a screen stands: the core, the phone and the pages.
@MainActor
struct At {
    let linli: Linli
    let tools: any PhoneTools
    let pages: Pages

    var frame: Frame { linli.frame.now }

    func send(_ event: UiEvent) { linli.send(event) }

    func open(_ route: Route) { pages.open(route) }

    func back() { pages.back() }

    func openRepair(_ id: String) {
        send(.detail(id: id))
        open(.repair(id: id))
    }
}

/// A page: what scrolls, and at the thumb what is to be done.
struct Page<Content: View, Bottom: View>: View {
    @Environment(\.look) private var look
    @Environment(\.accessibilityReduceMotion) private var isStill
    private let at: At
    private let title: String
    private let content: Content
    private let bottom: Bottom

    init(_ at: At, _ title: String, @ViewBuilder content: () -> Content, @ViewBuilder bottom: () -> Bottom) {
        self.at = at
        self.title = title
        self.content = content()
        self.bottom = bottom()
    }

    var body: some View {
        List { content }
            .listStyle(.insetGrouped).scrollContentBackground(.hidden).background(look.color(\.background))
            .safeAreaInset(edge: .bottom) {
                VStack(spacing: 0) {
                    // Each by itself, so that where nothing is to be done nothing is drawn.
                    Group {
                        if let says = at.frame.toast { RefusalCard(text: says) { at.send(.toastRead) } }
                        if at.frame.undoUntilMs != nil { UndoBar { at.send(.undo) } }
                        bottom
                    }
                    .padding(.horizontal, Space.xl).padding(.vertical, Space.xs)
                }
                .background(look.color(\.surfaceRaised))
                .animation(moves, value: at.frame.undoUntilMs)
            }
            .navigationTitle(title)
            .refreshable { await at.send(.syncNow) }
    }

    /// Nothing moves for who asked the phone for that.
    private var moves: Animation? {
        let ease = Timing.ease
        let seconds = Double(Motion.full.standard) / 1000
        return isStill ? nil : .timingCurve(ease[0], ease[1], ease[2], ease[3], duration: seconds)
    }
}

extension Page where Bottom == EmptyView {
    init(_ at: At, _ title: String, @ViewBuilder content: () -> Content) {
        self.init(at, title, content: content) {}
    }
}
