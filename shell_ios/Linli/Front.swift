import UIKit

/// What is shown on top, where the system's own pages can come up.
@MainActor
enum Front {
    static var top: UIViewController? {
        let scenes = UIApplication.shared.connectedScenes.compactMap { $0 as? UIWindowScene }
        let shown = scenes.first { $0.activationState == .foregroundActive } ?? scenes.first
        var top = shown?.keyWindow?.rootViewController
        while let above = top?.presentedViewController, !above.isBeingDismissed { top = above }
        return top
    }

    static func middle(of view: UIView) -> CGRect {
        CGRect(x: view.bounds.midX, y: view.bounds.midY, width: 0, height: 0)
    }

    static func tell(_ text: String, close: String) {
        let alert = UIAlertController(title: nil, message: text, preferredStyle: .alert)
        alert.addAction(UIAlertAction(title: close, style: .default))
        top?.present(alert, animated: true)
    }

    /// Shows a page of the system's and waits for its answer: nothing if it is closed without one, or cannot be shown.
    static func ask<Value: Sendable>(_ make: (Asked<Value>) -> UIViewController) async -> Value? {
        guard let top else { return nil }
        return await withCheckedContinuation { waiting in
            let asked = Asked(waiting)
            let page = make(asked)
            asked.page = page
            // On a wide screen it hangs at the middle of what is shown.
            page.popoverPresentationController?.sourceView = top.view
            page.popoverPresentationController?.sourceRect = middle(of: top.view)
            page.popoverPresentationController?.permittedArrowDirections = []
            let closing = Closing { asked.answer(nil) }
            asked.keeps.append(closing)
            page.presentationController?.delegate = closing
            top.present(page, animated: true)
            // Something else is just coming or going: the system shows nothing, and says so only in its log.
            if page.presentingViewController == nil { asked.answer(nil) }
        }
    }
}

/// What is asked on a page of the system's: the first answer counts, and the page goes.
@MainActor
final class Asked<Value: Sendable> {
    fileprivate weak var page: UIViewController?
    /// Delegates, which pages do not hold themselves.
    var keeps: [AnyObject] = []
    private var waiting: CheckedContinuation<Value?, Never>?

    fileprivate init(_ waiting: CheckedContinuation<Value?, Never>) { self.waiting = waiting }

    func answer(_ value: Value?) {
        guard let waiting else { return }
        self.waiting = nil
        // One of them may be calling.
        let held = keeps
        defer { withExtendedLifetime(held) {} }
        keeps = []
        guard let page, let below = page.presentingViewController, !page.isBeingDismissed else {
            return waiting.resume(returning: value)
        }
        // With all that the page has put above itself. Whatever is shown next could not come up before.
        below.dismiss(animated: true) { waiting.resume(returning: value) }
    }
}

/// Hears of a page that was swiped away.
private final class Closing: NSObject, UIAdaptivePresentationControllerDelegate {
    private let closed: () -> Void

    init(closed: @escaping () -> Void) { self.closed = closed }

    func presentationControllerDidDismiss(_ presentationController: UIPresentationController) { closed() }
}
