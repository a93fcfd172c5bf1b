import BackgroundTasks
import LinliKit
import UIKit

/// Bounded rounds of sync while the app is away.
@MainActor
final class Rounds {
    /// As in `Info.plist`.
    static let identifier = "cn.linli.round"
    /// The system comes when it likes, and no sooner than that (s).
    private static let pause: TimeInterval = 15 * 60
    /// The system gives half a minute; a longer round begins anew another time.
    private static let budget = Duration.seconds(25)
    private unowned let home: Home

    init(home: Home) { self.home = home }

    func register() {
        // On the main queue, where whatever is written here runs.
        let known = BGTaskScheduler.shared.register(forTaskWithIdentifier: Self.identifier, using: .main) { task in
            self.begin(task)
        }
        assert(known, "Info.plist does not permit \(Self.identifier)")
    }

    /// The app goes to the back: what is on this phone only goes out now, if there is a network, else as soon as may be.
    func leave() {
        guard let frame = home.linli?.frame.now else { return }
        let isUnsent = frame.unsent > 0 || frame.picturesUnsent > 0
        request(after: isUnsent ? nil : Self.pause)
        if isUnsent { sendNow() }
    }

    private func request(after pause: TimeInterval?) {
        let request = BGAppRefreshTaskRequest(identifier: Self.identifier)
        request.earliestBeginDate = pause.map { Date(timeIntervalSinceNow: $0) }
        do {
            // It takes the place of one that waits.
            try BGTaskScheduler.shared.submit(request)
        } catch {
            // A person may forbid it in the phone's settings.
            Log.app.info("no round: \(String(describing: error), privacy: .public)")
        }
    }

    private func begin(_ task: BGTask) {
        request(after: Self.pause)
        home.open()
        guard let linli = home.linli else { return task.setTaskCompleted(success: false) }
        let round = Round(home: home) { task.setTaskCompleted(success: $0) }
        // It comes on any thread.
        task.expirationHandler = { @Sendable in Task { @MainActor in round.stop() } }
        round.begin(linli, budget: Self.budget)
    }

    private func sendNow() {
        guard let linli = home.linli else { return }
        var permit = UIBackgroundTaskIdentifier.invalid
        let round = Round(home: home) { _ in UIApplication.shared.endBackgroundTask(permit) }
        permit = UIApplication.shared.beginBackgroundTask(withName: Self.identifier) { round.stop() }
        guard permit != .invalid else { return }
        round.begin(linli, budget: Self.budget)
    }
}

/// One round, which ends once: by itself, when its time is over, or when the system says so.
@MainActor
final class Round {
    private let home: Home
    private var finish: ((Bool) -> Void)?

    init(home: Home, finish: @escaping (Bool) -> Void) {
        self.home = home
        self.finish = finish
    }

    func begin(_ linli: Linli, budget: Duration) {
        Task { end(await linli.round()) }
        Task {
            try? await Task.sleep(for: budget)
            stop()
        }
    }

    func stop() {
        guard finish != nil else { return }
        // Whoever came back meanwhile wants the net.
        if !home.isInFront { home.linli?.pause() }
        end(false)
    }

    private func end(_ ok: Bool) {
        let finish = finish
        self.finish = nil
        finish?(ok)
    }
}
