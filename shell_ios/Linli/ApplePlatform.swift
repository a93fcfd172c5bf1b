import Foundation
import LinliKit
import Shared
import UIKit

/// What the core asks of the phone: the share sheet, which tells how it ended.
@MainActor
final class ApplePlatform: Platform {
    func carryOut(_ request: HostRequest) async -> HostAnswer {
        switch request {
        case .share(let text):
            return await share(text)
        case .shareFile(let path):
            let file = URL(fileURLWithPath: path)
            defer { try? FileManager.default.removeItem(at: file) }
            return await share(file)
        }
    }

    private func share(_ item: Any) async -> HostAnswer {
        let done: Bool? = await Front.ask { asked in
            let sheet = UIActivityViewController(activityItems: [item], applicationActivities: nil)
            sheet.completionWithItemsHandler = { activity, completed, _, _ in
                // Who gave up one way of sharing may still choose another.
                if completed || activity == nil { asked.answer(completed) }
            }
            return sheet
        }
        return done == true ? .done : .cancelled
    }
}
