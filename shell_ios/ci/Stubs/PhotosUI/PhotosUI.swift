// A stand-in for Apple's PhotosUI: what the app uses of it.
@_exported import UIKit

public struct PHPickerFilter: Equatable, Sendable {
    public static let images = PHPickerFilter()
}

public struct PHPickerConfiguration: Sendable {
    public enum AssetRepresentationMode: Sendable { case automatic, current, compatible }

    public var filter: PHPickerFilter?
    public var preferredAssetRepresentationMode = AssetRepresentationMode.automatic

    public init() {}
}

public struct PHPickerResult {
    public let itemProvider: NSItemProvider
}

@MainActor @preconcurrency
public protocol PHPickerViewControllerDelegate: AnyObject {
    func picker(_ picker: PHPickerViewController, didFinishPicking results: [PHPickerResult])
}

public final class PHPickerViewController: UIViewController {
    public weak var delegate: (any PHPickerViewControllerDelegate)?

    public init(configuration: PHPickerConfiguration) { super.init(nibName: nil, bundle: nil) }
    public required init?(coder: NSCoder) { nil }
}
