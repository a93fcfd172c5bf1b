import Shared
import SwiftUI

/// One of several founders: hands over keys, reads the draft, signs it, and goes in.
struct FoundingScreen: View {
    @Environment(\.look) private var look
    @State private var sent = ""
    let at: At

    var body: some View {
        let founding = at.linli.founding.now
        Page(at, look.say(.foundingTitle)) {
            Section { Say(look.say(.foundingAbout), \.bodyLarge).bare() }
            if founding.keys != nil {
                let word = founding.signature == nil ? Word.foundingKeysHand : .foundingSignatureHand
                Section {
                    GhostButton(look.say(word)) { at.send(.shareFounding) }.bare()
                    Field(look.say(.foundingPaste), lines: 3, text: $sent)
                    if !sent.isBlank {
                        GhostButton(look.say(.foundingRead)) { at.send(.readDraft(draft: sent.trimmed)) }.bare()
                    }
                }
            }
            if let draft = founding.draft { text(draft) }
        } bottom: {
            if founding.keys == nil {
                MainButton(look.say(.foundingKeys)) { at.send(.giveFounderKeys) }
            } else if let draft = founding.draft, draft.own, founding.signature == nil {
                MainButton(look.say(.foundingSign)) { at.send(.signDraft(draft: sent.trimmed)) }
            } else {
                MainButton(look.say(.foundingEnter)) { at.send(.enterFounded(charter: sent.trimmed)) }
                    .disabled(sent.isBlank)
            }
        }
        .onChange(of: at.frame.phase, initial: true) {
            if at.frame.phase == .member { at.pages.switchTo(.today) }
        }
    }

    private func text(_ draft: FoundingDraft) -> some View {
        Section {
            VStack(alignment: .leading, spacing: Space.xs) {
                ForEach(Array(draft.lines.enumerated()), id: \.offset) { number, line in
                    Say(line, number == 0 ? \.title : \.body)
                }
                if !draft.own { Say(look.say(.foundingNotOwn), \.bodyStrong, \.bad) }
            }
            .accessibilityElement(children: .combine).onCard()
        }
    }
}
