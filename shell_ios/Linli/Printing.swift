import UIKit

/// Prints a text through the system's own dialog.
@MainActor
enum Printing {
    /// Around the text (points): an inch.
    private static let margin = 72.0

    /// Whether the dialog came up.
    static func print(title: String, text: String) -> Bool {
        guard UIPrintInteractionController.isPrintingAvailable, let view = Front.top?.view else { return false }
        let paper = UIPrintInfo.printInfo()
        paper.jobName = title
        paper.outputType = .general
        let page = UISimpleTextPrintFormatter(text: "\(title)\n\n\(text)")
        page.perPageContentInsets = UIEdgeInsets(top: margin, left: margin, bottom: margin, right: margin)
        let dialog = UIPrintInteractionController.shared
        dialog.printInfo = paper
        dialog.printFormatter = page
        // On a tablet it has to hang somewhere.
        if UIDevice.current.userInterfaceIdiom == .pad {
            return dialog.present(from: Front.middle(of: view), in: view, animated: true, completionHandler: nil)
        }
        return dialog.present(animated: true, completionHandler: nil)
    }
}
