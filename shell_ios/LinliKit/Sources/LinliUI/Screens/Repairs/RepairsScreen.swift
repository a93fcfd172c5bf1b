import Shared
import SwiftUI

/// All repairs that this person may see, a stretch at a time.
struct RepairsScreen: View {
    @Environment(\.look) private var look
    @State private var isSearching = false
    @State private var typed = ""
    let at: At

    var body: some View {
        let window = at.linli.repairs.now
        Page(at, look.say(.repairsTitle)) {
            if at.frame.syncWaits { SyncStrip(at: at) }
            Section { filters(window).bare() }
            if window.rows.isEmpty {
                let all = window.search.isEmpty && window.openCount == 0
                Empty(symbol: Sign.repair.symbol, text: look.say(all ? .repairsEmpty : .repairsEmptyFilter))
            } else {
                Section { ForEach(window.rows, id: \.id) { RepairRow(at: at, line: $0) } }
                stretch(window)
            }
        } bottom: {
            if !at.linli.drafts.now.classes.isEmpty { MainButton(look.say(.repairsNew), "plus") { at.open(.report) } }
        }
        .toolbar {
            ToolbarItem(placement: .primaryAction) {
                if isSearching {
                    BarButton(symbol: "xmark", label: look.say(.close)) {
                        isSearching = false
                        typed = ""
                    }
                } else {
                    BarButton(symbol: "magnifyingglass", label: look.say(.search)) { isSearching = true }
                }
            }
        }
        .searchable(text: $typed, isPresented: $isSearching, prompt: Text(verbatim: look.say(.repairsSearchHint)))
        .task(id: typed) {
            guard typed != window.search, (try? await Task.sleep(for: searchPause)) != nil else { return }
            show(window.filter, typed)
        }
    }

    private func show(_ filter: String, _ search: String, _ offset: UInt32 = 0) {
        at.send(.window(filter: filter, search: search, offset: offset))
    }

    /// Side by side; in large letters folded into one button.
    @ViewBuilder
    private func filters(_ window: RepairsWindow) -> some View {
        if look.stacked {
            Menu {
                ForEach(window.filters, id: \.value) { filter in
                    Button {
                        show(filter.value, window.search)
                    } label: {
                        Text(verbatim: filter.text)
                    }
                }
            } label: {
                Say(window.filters.first { $0.value == window.filter }?.text ?? "", \.label, \.accent)
                    .frame(maxWidth: .infinity, minHeight: look.targets.button)
            }
        } else {
            ScrollView(.horizontal, showsIndicators: false) {
                HStack(spacing: Space.s) {
                    ForEach(window.filters, id: \.value) { filter in
                        Chosen(filter.text, chosen: filter.value == window.filter) {
                            show(filter.value, window.search)
                        }
                    }
                }
            }
        }
    }

    /// What else fits: the core hands over a stretch at a time.
    @ViewBuilder
    private func stretch(_ window: RepairsWindow) -> some View {
        let end = window.offset + UInt32(window.rows.count)
        Section {
            Say(look.say(.repairsCount(count: "\(window.total)")), \.quiet, \.textQuiet).bare()
            if end < window.total { GhostButton(look.say(.more)) { show(window.filter, window.search, end) }.bare() }
            if window.offset > 0 { GhostButton(look.say(.repairsFirst)) { show(window.filter, window.search) }.bare() }
        }
    }
}

/// A short choice that stands beside others.
struct Chosen: View {
    @Environment(\.look) private var look
    private let text: String
    private let chosen: Bool
    private let choose: @MainActor () -> Void

    init(_ text: String, chosen: Bool, choose: @escaping @MainActor () -> Void) {
        self.text = text
        self.chosen = chosen
        self.choose = choose
    }

    var body: some View {
        let edge = RoundedRectangle(cornerRadius: Radius.button)
        Button(action: choose) {
            HStack(spacing: Space.xs) {
                if chosen { Symbol(name: "checkmark", size: \.inline, ink: \.onAccent) }
                Say(text, \.label, chosen ? \.onAccent : \.text).multilineTextAlignment(.center)
            }
            .padding(.horizontal, Space.m).frame(minWidth: look.targets.min, minHeight: look.targets.min)
            .background(look.color(chosen ? \.accent : \.surface), in: edge)
            .overlay { edge.stroke(look.color(chosen ? \.accent : \.lineStrong)) }
        }
        .buttonStyle(.plain).accessibilityAddTraits(chosen ? .isSelected : [])
    }
}
