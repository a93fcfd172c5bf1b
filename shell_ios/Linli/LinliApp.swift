import LinliKit
import LinliUI
import SwiftUI
import UIKit

@main
struct LinliApp: App {
    private let home: Home

    init() {
        let home = Home()
        home.open()
        home.begin()
        self.home = home
    }

    var body: some Scene {
        WindowGroup {
            Screens(home: home)
        }
    }
}

/// The one window: the screens, and what the system brings to them; without the core, a page that says why.
struct Screens: View {
    let home: Home
    @Environment(\.scenePhase) private var phase

    var body: some View {
        Group {
            if let linli = home.linli {
                LinliRoot(linli: linli, tools: home.tools, pages: home.pages)
                    .environment(\.pictures, Photos.picture)
            } else {
                Text(verbatim: home.word(home.stopped ?? .notStarted)).padding()
            }
        }
        .onOpenURL { Arrival(home: home).take($0) }
        .onChange(of: phase, initial: true) { turn() }
    }

    /// Behind a call, or in the list of apps, it is still seen: that is neither.
    private func turn() {
        if phase == .active {
            home.comeToFront()
        } else if phase == .background {
            home.goToBack()
        }
    }
}
