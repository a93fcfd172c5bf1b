import Foundation
import Shared

/// What the phone's own system does for the core.
@MainActor
public protocol Platform: AnyObject {
    /// Does what is asked, and tells how it ended.
    func carryOut(_ request: HostRequest) async -> HostAnswer
}

/// The core as screens see it: slices to draw, one door for events. One for the life of the process.
@MainActor
public final class Linli {
    public let frame: Slice<Frame>
    public let founding: Slice<Founding>
    public let repairs: Slice<RepairsWindow>
    public let detail: Slice<RepairDetail?>
    public let picture: Slice<Data?>
    public let people: Slice<People>
    public let attention: Slice<AttentionList>
    public let drafts: Slice<Drafts>
    public let sending: Slice<Sending>
    public let money: Slice<Money>
    private let core: LinliCore
    private let platform: any Platform
    private var rounds: [UInt64: CheckedContinuation<Bool, Never>] = [:]

    public init(config: Config, platform: any Platform) throws {
        let ear = Ear()
        let core = try LinliCore.open(config: config, shell: ear)
        self.core = core
        self.platform = platform
        frame = Slice(1, core.frame)
        founding = Slice(1, core.founding)
        repairs = Slice(2, core.repairs)
        detail = Slice(4, core.detail)
        picture = Slice(4, core.picture)
        people = Slice(8, core.people)
        attention = Slice(16, core.attention)
        drafts = Slice(32, core.drafts)
        sending = Slice(64, core.sending)
        money = Slice(128, core.money)
        ear.listen(self)
    }

    /// Returns at once; the slices follow. What the screens send comes from the core, so it is never refused here.
    public func send(_ event: UiEvent) {
        do { try dispatch(event) } catch { assertionFailure("\(error)") }
    }

    /// Sends what came from outside; fails if an id in it is none.
    public func dispatch(_ event: UiEvent) throws { try core.dispatch(event: event) }

    public func resume() { core.resume() }

    public func pause() { core.pause() }

    /// One bounded round for a background job; whether it went through.
    public func round() async -> Bool {
        // Its end is told on the main actor, so not before it is waited for.
        await withCheckedContinuation { rounds[core.startRound()] = $0 }
    }

    func refresh(_ mask: UInt32) {
        frame.refresh(mask)
        founding.refresh(mask)
        repairs.refresh(mask)
        detail.refresh(mask)
        picture.refresh(mask)
        people.refresh(mask)
        attention.refresh(mask)
        drafts.refresh(mask)
        sending.refresh(mask)
        money.refresh(mask)
    }

    func jobDone(_ token: UInt64, _ ok: Bool) { rounds.removeValue(forKey: token)?.resume(returning: ok) }

    func host(_ id: UInt64) async {
        guard let request = core.hostRequest(id: id) else { return }
        let answer = await platform.carryOut(request)
        core.answer(id: id, answer: answer)
    }
}
