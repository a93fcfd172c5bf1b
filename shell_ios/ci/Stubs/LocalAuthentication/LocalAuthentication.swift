// A stand-in for Apple's Local Authentication: what the app uses of it.
@_exported import Foundation

public enum LAPolicy: Int, Sendable { case deviceOwnerAuthentication = 2 }

public typealias NSErrorPointer = UnsafeMutablePointer<NSError?>?

open class LAContext: NSObject {
    open var localizedReason = ""
    open func canEvaluatePolicy(_ policy: LAPolicy, error: NSErrorPointer) -> Bool { true }
}
