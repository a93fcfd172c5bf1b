import Foundation
import ImageIO
import PhotosUI
import SwiftUI
import UIKit
import UniformTypeIdentifiers

/// Photos from the camera or the gallery, made small and upright; nothing else of the original is kept.
@MainActor
enum Photos {
    /// Longest side of a photo for the core (dots): a crack in a wall is seen, and the file stays far under its limit.
    private nonisolated static let side = 2048
    private nonisolated static let quality = 0.85

    /// What was photographed or chosen; without a file, if the phone cannot read it.
    struct Taken: Sendable {
        let file: URL?
    }

    static func take() async -> Taken? {
        let photo: Data? = await Front.ask { asked in
            let page = UIImagePickerController()
            page.sourceType = .camera
            page.modalPresentationStyle = .fullScreen
            let taker = Taker(asked)
            page.delegate = taker
            asked.keeps.append(taker)
            return page
        }
        guard let photo else { return nil }
        return await Task.detached { Taken(file: shrink(CGImageSourceCreateWithData(photo as CFData, nil))) }.value
    }

    /// The system's own gallery: it hands over what is chosen, and asks for no right to see the rest.
    static func pick() async -> Taken? {
        await Front.ask { asked in
            var wish = PHPickerConfiguration()
            wish.filter = .images
            wish.preferredAssetRepresentationMode = .current
            let page = PHPickerViewController(configuration: wish)
            let picker = Picker(asked)
            page.delegate = picker
            asked.keeps.append(picker)
            return page
        }
    }

    /// A photo of the core for the screen, no larger than its dots need. The core keeps how it is to be turned apart.
    static func picture(_ bytes: Data, _ turn: UInt32) -> Image? {
        guard let source = CGImageSourceCreateWithData(bytes as CFData, nil) else { return nil }
        let screen = Front.top?.view.window?.screen.nativeBounds
        let side = screen.map { Int(max($0.width, $0.height)) } ?? side
        guard let image = thumbnail(source, side, turned: false) else { return nil }
        return Image(uiImage: UIImage(cgImage: image, scale: 1, orientation: orientation(turn)))
    }

    /// Turns as EXIF counts: 1 to 8.
    static func orientation(_ turn: UInt32) -> UIImage.Orientation {
        switch turn {
        case 2: .upMirrored
        case 3: .down
        case 4: .downMirrored
        case 5: .leftMirrored
        case 6: .right
        case 7: .rightMirrored
        case 8: .left
        default: .up
        }
    }

    /// Upright dots alone: a new file knows nothing of where and by what it was taken.
    fileprivate nonisolated static func shrink(_ source: CGImageSource?) -> URL? {
        guard let source, let image = thumbnail(source, side, turned: true) else { return nil }
        let file = Incoming.file("jpg")
        let jpeg = UTType.jpeg.identifier as CFString
        guard let small = CGImageDestinationCreateWithURL(file as CFURL, jpeg, 1, nil) else { return nil }
        let wish: [String: Any] = [kCGImageDestinationLossyCompressionQuality as String: quality]
        CGImageDestinationAddImage(small, image, wish as CFDictionary)
        if CGImageDestinationFinalize(small) { return file }
        try? FileManager.default.removeItem(at: file)
        return nil
    }

    private nonisolated static func thumbnail(_ source: CGImageSource, _ side: Int, turned: Bool) -> CGImage? {
        let wish: [String: Any] = [
            kCGImageSourceCreateThumbnailFromImageAlways as String: true,
            kCGImageSourceCreateThumbnailWithTransform as String: turned,
            kCGImageSourceShouldCacheImmediately as String: true,
            kCGImageSourceThumbnailMaxPixelSize as String: side,
        ]
        return CGImageSourceCreateThumbnailAtIndex(source, 0, wish as CFDictionary)
    }
}

private final class Taker: NSObject, UIImagePickerControllerDelegate, UINavigationControllerDelegate {
    private let asked: Asked<Data>

    init(_ asked: Asked<Data>) { self.asked = asked }

    func imagePickerController(
        _ picker: UIImagePickerController, didFinishPickingMediaWithInfo info: [UIImagePickerController.InfoKey: Any]
    ) {
        let photo = info[.originalImage] as? UIImage
        asked.answer(photo?.jpegData(compressionQuality: 1))
    }

    func imagePickerControllerDidCancel(_ picker: UIImagePickerController) { asked.answer(nil) }
}

private final class Picker: NSObject, PHPickerViewControllerDelegate {
    private let asked: Asked<Photos.Taken>

    init(_ asked: Asked<Photos.Taken>) { self.asked = asked }

    func picker(_ picker: PHPickerViewController, didFinishPicking results: [PHPickerResult]) {
        guard let chosen = results.first?.itemProvider else { return asked.answer(nil) }
        let asked = asked
        // The file is there for this call alone, on a thread of the system's.
        _ = chosen.loadFileRepresentation(forTypeIdentifier: UTType.image.identifier) { @Sendable photo, _ in
            let source = photo.flatMap { CGImageSourceCreateWithURL($0 as CFURL, nil) }
            let taken = Photos.Taken(file: Photos.shrink(source))
            Task { @MainActor in asked.answer(taken) }
        }
    }
}
