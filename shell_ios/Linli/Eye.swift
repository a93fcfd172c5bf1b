import AVFoundation

/// The back camera, until it sees a QR code.
///
/// The session starts and stops on a queue of its own, since both take long; all else is done before it starts.
final class Eye: NSObject, AVCaptureMetadataOutputObjectsDelegate, @unchecked Sendable {
    let session = AVCaptureSession()
    let camera: AVCaptureDevice
    private let queue = DispatchQueue(label: "cn.linli.eye")
    /// Set once, before the session starts.
    private var read: (@MainActor @Sendable (String) -> Void)?

    private init(camera: AVCaptureDevice) { self.camera = camera }

    /// Nothing on a phone without a camera, or where another app has it.
    static func find() -> Eye? {
        guard let camera = AVCaptureDevice.default(for: .video),
            let input = try? AVCaptureDeviceInput(device: camera)
        else { return nil }
        let eye = Eye(camera: camera)
        return eye.looks(through: input) ? eye : nil
    }

    /// Asks if need be.
    static func isAllowed() async -> Bool { await AVCaptureDevice.requestAccess(for: .video) }

    func open(read: @escaping @MainActor @Sendable (String) -> Void) {
        self.read = read
        queue.async { self.session.startRunning() }
    }

    func close() {
        queue.async { self.session.stopRunning() }
    }

    private func looks(through input: AVCaptureDeviceInput) -> Bool {
        let output = AVCaptureMetadataOutput()
        guard session.canAddInput(input), session.canAddOutput(output) else { return false }
        session.addInput(input)
        session.addOutput(output)
        // Known only once the output hangs at a camera.
        guard output.availableMetadataObjectTypes.contains(.qr) else { return false }
        output.metadataObjectTypes = [.qr]
        output.setMetadataObjectsDelegate(self, queue: .main)
        return true
    }

    func metadataOutput(
        _ output: AVCaptureMetadataOutput, didOutput metadataObjects: [AVMetadataObject],
        from connection: AVCaptureConnection
    ) {
        let codes = metadataObjects.compactMap { ($0 as? AVMetadataMachineReadableCodeObject)?.stringValue }
        guard let text = codes.first, let read else { return }
        Task { @MainActor in read(text) }
    }
}
