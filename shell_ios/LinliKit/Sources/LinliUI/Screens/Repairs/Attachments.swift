import LinliKit
import Shared
import SwiftUI

/// Photos and voice notes of a draft, and how to add one.
struct Attachments: View {
    @Environment(\.look) private var look
    @State private var recording: (any Recording)?
    let at: At
    let draft: Draft

    var body: some View {
        ForEach(Array(draft.attachments.enumerated()), id: \.offset) { number, attachment in
            let remove: @MainActor () -> Void = { at.send(.detach(draft: draft.name, number: UInt32(number))) }
            AttachmentLine(at: at, attachment: attachment, number: number + 1, count: draft.attachments.count)
                .swipeActions {
                    Button(role: .destructive, action: remove) { Text(verbatim: look.say(.reportPhotoRemove)) }
                }
        }
        GhostButton(look.say(.reportPhoto), "camera") {
            Task { attach(voice: false, await at.tools.takePhoto()) }
        }
        .bare()
        GhostButton(look.say(recording == nil ? .reportVoice : .reportVoiceStop), "mic") {
            if let recording {
                attach(voice: true, recording.stop())
                self.recording = nil
            } else {
                Task { recording = await at.tools.recordVoice() }
            }
        }
        .bare()
        QuietButton(look.say(.reportGallery), "photo.on.rectangle") {
            Task { attach(voice: false, await at.tools.pickPhoto()) }
        }
        .bare()
    }

    private func attach(voice: Bool, _ file: URL?) {
        if let file { at.send(.attach(draft: draft.name, voice: voice, file: file.path)) }
    }
}

/// All of a report or a step.
struct AttachmentLines: View {
    let at: At
    let attachments: [Attachment]

    var body: some View {
        ForEach(Array(attachments.enumerated()), id: \.offset) { number, attachment in
            AttachmentLine(at: at, attachment: attachment, number: number + 1, count: attachments.count)
        }
    }
}

/// A photo opens where it stands; one that is not here yet says so.
struct AttachmentLine: View {
    @Environment(\.look) private var look
    @Environment(\.pictures) private var pictures
    @State private var isOpen = false
    let at: At
    let attachment: Attachment
    let number: Int
    let count: Int

    var body: some View {
        let photo = look.say(.detailPhotoNumber(number: "\(number)", count: "\(count)"))
        Line(
            attachment.voice ? look.say(.detailVoice) : photo, attachment.voice ? "mic" : "photo",
            act: {
                isOpen.toggle()
                at.send(.look(attachment: isOpen ? attachment.id : nil))
            })
        if isOpen && !attachment.voice {
            if let bytes = at.linli.picture.now, let picture = pictures(bytes, UInt32(attachment.turn)) {
                picture.resizable().aspectRatio(contentMode: .fit)
                    .clipShape(RoundedRectangle(cornerRadius: Radius.small)).onCard()
            } else {
                Say(look.say(.detailPhotoWaits), \.quiet, \.textQuiet).onCard()
            }
        }
    }
}
