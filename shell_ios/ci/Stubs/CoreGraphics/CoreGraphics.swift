// A stand-in for Apple's Core Graphics: what the app uses of it. The types of Core Foundation are those that Swift turns
// them into on a phone.
@_exported import Foundation

public typealias CFTypeRef = Any
public typealias CFString = String
public typealias CFData = Data
public typealias CFURL = URL
public typealias CFDictionary = [String: Any]

public final class CGImage: @unchecked Sendable {}
