import AVFoundation
import UIKit

/// Shows the camera until a code is read; closing it gives none.
final class ScanController: UIViewController {
    private let eye: Eye
    private let asked: Asked<String>
    private let shown: AVCaptureVideoPreviewLayer
    private let upright: AVCaptureDevice.RotationCoordinator

    init(eye: Eye, asked: Asked<String>) {
        self.eye = eye
        self.asked = asked
        shown = AVCaptureVideoPreviewLayer(session: eye.session)
        upright = AVCaptureDevice.RotationCoordinator(device: eye.camera, previewLayer: shown)
        super.init(nibName: nil, bundle: nil)
        modalPresentationStyle = .fullScreen
    }

    required init?(coder: NSCoder) { nil }

    override func viewDidLoad() {
        super.viewDidLoad()
        view.backgroundColor = .black
        shown.videoGravity = .resizeAspectFill
        view.layer.addSublayer(shown)
        let asked = asked
        let close = UIButton(type: .close, primaryAction: UIAction { _ in asked.answer(nil) })
        close.translatesAutoresizingMaskIntoConstraints = false
        view.addSubview(close)
        // A hand's width of target around a small sign.
        NSLayoutConstraint.activate([
            close.topAnchor.constraint(equalTo: view.safeAreaLayoutGuide.topAnchor, constant: 12),
            close.leadingAnchor.constraint(equalTo: view.safeAreaLayoutGuide.leadingAnchor, constant: 12),
            close.widthAnchor.constraint(equalToConstant: 60),
            close.heightAnchor.constraint(equalToConstant: 60),
        ])
    }

    override func viewWillAppear(_ animated: Bool) {
        super.viewWillAppear(animated)
        let asked = asked
        eye.open { asked.answer($0) }
    }

    override func viewDidLayoutSubviews() {
        super.viewDidLayoutSubviews()
        shown.frame = view.bounds
        let angle = upright.videoRotationAngleForHorizonLevelPreview
        guard let connection = shown.connection, connection.isVideoRotationAngleSupported(angle) else { return }
        connection.videoRotationAngle = angle
    }

    override func viewDidDisappear(_ animated: Bool) {
        super.viewDidDisappear(animated)
        eye.close()
    }
}
