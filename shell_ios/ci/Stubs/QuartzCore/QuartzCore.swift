// A stand-in for Apple's Quartz Core: what the app uses of it.
@_exported import CoreGraphics

open class CALayer: NSObject {
    open var frame = CGRect.zero
    open func addSublayer(_ layer: CALayer) {}
}
