import Shared
import SwiftUI

/// A text as a QR code: dark on light also at night, or cameras do not find it.
struct QrPicture: View {
    let text: String

    var body: some View {
        if let code = drawQr(text: text) {
            let side = Int(code.side)
            Canvas { context, size in
                let dot = min(size.width, size.height) / CGFloat(side)
                for (place, module) in code.modules.enumerated() where module != 0 {
                    // Without the overlap hairlines stay between the dots.
                    let corner = CGPoint(x: CGFloat(place % side) * dot, y: CGFloat(place / side) * dot)
                    let square = CGRect(origin: corner, size: CGSize(width: dot + 0.5, height: dot + 0.5))
                    context.fill(Path { $0.addRect(square) }, with: .color(.black))
                }
            }
            .aspectRatio(1, contentMode: .fit).padding(Space.l).frame(maxWidth: 320)
            .background(Color.white, in: RoundedRectangle(cornerRadius: Radius.small))
            .accessibilityHidden(true)
        }
    }
}
