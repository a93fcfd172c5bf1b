import Shared
import SwiftUI

/// How long one stops typing before it is looked for.
let searchPause = Duration.milliseconds(300)

/// How long one stops typing before the draft is kept.
private let keepPause = Duration.seconds(2)

extension Drafts {
    /// What was typed under a name; nothing, if nothing was.
    func text(_ name: String) -> String { drafts.first { $0.name == name }?.text ?? "" }
}

extension View {
    /// What is typed is found again after a kill, and by who comes back to the page.
    func keeps(_ at: At, draft: String, kept: String, typed: String, while stays: Bool = true) -> some View {
        let keep: @MainActor () -> Void = {
            if stays && typed != kept { at.send(.keepDraft(name: draft, text: typed)) }
        }
        return task(id: typed) {
            guard (try? await Task.sleep(for: keepPause)) != nil else { return }
            keep()
        }
        .onDisappear { keep() }
    }
}
