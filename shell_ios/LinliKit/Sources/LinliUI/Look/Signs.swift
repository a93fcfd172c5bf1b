import Shared

extension Sign {
    /// This shell's drawing of each sign of the core: one of Apple's symbols, all in iOS 16 or older.
    var symbol: String {
        switch self {
        case .water: "drop"
        case .drain: "pipe.and.drop"
        case .power: "bolt"
        case .light: "lightbulb"
        case .lift: "arrow.up.arrow.down.square"
        case .fire: "flame"
        case .gas: "gauge"
        case .door: "door.left.hand.closed"
        case .roof: "house"
        case .facade: "building.2"
        case .road: "road.lanes"
        case .green: "leaf"
        case .clean: "bubbles.and.sparkles"
        case .heating: "thermometer.medium"
        case .parking: "parkingsign.circle"
        case .noise: "speaker.wave.2"
        case .telecom: "wifi"
        case .pest: "ant"
        case .charging: "ev.charger"
        case .camera: "video"
        case .complaint: "exclamationmark.bubble"
        case .question: "questionmark.circle"
        case .repair: "wrench.and.screwdriver"
        case .phone: "iphone"
        case .outbox: "tray.and.arrow.up"
        case .waits: "checklist"
        case .versions: "arrow.triangle.branch"
        case .late: "alarm"
        case .clock: "clock"
        case .worker: "wrench.adjustable"
        case .walk: "figure.walk"
        case .pause: "pause.circle"
        case .done: "checkmark.circle"
        case .check: "checkmark.seal"
        case .blocked: "nosign"
        case .merged: "arrow.triangle.merge"
        case .handed: "arrowshape.turn.up.right"
        case .comment: "text.bubble"
        case .people: "person.2"
        case .star: "star"
        case .archive: "archivebox"
        case .money: "yensign.circle"
        case .vote: "checkmark.square"
        case .calendar: "calendar"
        case .newer: "arrow.up.circle"
        }
    }
}

extension Tone {
    /// Ink and ground of a chip.
    var inks: (ink: Ink, ground: Ink) {
        switch self {
        case .plain: (\.textQuiet, \.surfaceSunken)
        case .good: (\.good, \.goodContainer)
        case .warn: (\.warn, \.warnContainer)
        case .bad: (\.bad, \.badContainer)
        case .pending: (\.pending, \.pendingContainer)
        case .conflict: (\.conflict, \.conflictContainer)
        case .accent: (\.onAccentContainer, \.accentContainer)
        }
    }
}
