internal import Domain
internal import Foundation

/// The present moment in the form of the header `Date` (RFC 9110, section 5.6.7), which the framework sets in all other answers.
enum HTTPDate {
    static var now: String { Timestamp(microseconds: Int64(time(nil)) * 1_000_000).rfc822 }
}
