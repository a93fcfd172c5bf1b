import Foundation
import LinliKit
import Shared
import UserNotifications

/// Hands the core's reminders to the system: they come also when the process is gone.
@MainActor
final class Reminders: NSObject, UNUserNotificationCenterDelegate {
    private nonisolated static let repair = "repair"
    private unowned let home: Home
    private let center = UNUserNotificationCenter.current()
    /// A process asks once: a refusal stands.
    private var asks = true

    init(home: Home) { self.home = home }

    /// Before the app has started: a tap may have started it.
    func listen() { center.delegate = self }

    func follow(_ linli: Linli) async {
        var last: [Reminder]?
        while true {
            let reminders = linli.attention.now.reminders
            if reminders == last {
                await linli.attention.moved()
            } else {
                ask()
                await set(reminders)
                last = reminders
            }
        }
    }

    /// Not before there is something to remind of, and somebody to ask.
    func ask() {
        guard asks, home.isInFront, home.linli?.attention.now.reminders.isEmpty == false else { return }
        asks = false
        center.requestAuthorization(options: [.alert, .sound]) { @Sendable _, _ in }
    }

    /// Those that wait are replaced as a set; what was shown already stays.
    func set(_ reminders: [Reminder]) async {
        let wanted = reminders.map(request)
        let names = Set(wanted.map(\.identifier))
        let waiting = await withCheckedContinuation { waiting in
            center.getPendingNotificationRequests { @Sendable in waiting.resume(returning: $0.map(\.identifier)) }
        }
        center.removePendingNotificationRequests(withIdentifiers: waiting.filter { !names.contains($0) })
        for request in wanted { center.add(request, withCompletionHandler: nil) }
    }

    private func request(_ reminder: Reminder) -> UNNotificationRequest {
        let content = UNMutableNotificationContent()
        content.title = home.word(.reminders)
        content.body = reminder.text
        content.sound = .default
        content.userInfo = [Self.repair: reminder.id]
        let wait = Double(reminder.atMs) / 1000 - Date().timeIntervalSince1970
        // The system takes no time that has passed.
        let trigger = UNTimeIntervalNotificationTrigger(timeInterval: max(wait, 1), repeats: false)
        return UNNotificationRequest(
            identifier: "\(reminder.id) \(reminder.atMs)", content: content, trigger: trigger
        )
    }

    /// Who looks at the app sees it there.
    nonisolated func userNotificationCenter(
        _ center: UNUserNotificationCenter, willPresent notification: UNNotification,
        withCompletionHandler completionHandler: @escaping (UNNotificationPresentationOptions) -> Void
    ) {
        completionHandler([])
    }

    nonisolated func userNotificationCenter(
        _ center: UNUserNotificationCenter, didReceive response: UNNotificationResponse,
        withCompletionHandler completionHandler: @escaping () -> Void
    ) {
        let repair = response.notification.request.content.userInfo[Self.repair] as? String
        // It comes on any thread; what the system does then, it may do on the main one alone.
        nonisolated(unsafe) let done = completionHandler
        Task { @MainActor in
            if let repair { home.show(repair: repair) }
            done()
        }
    }
}
