internal import Crypto
internal import Foundation
internal import HTTPTypes
internal import NIOCore

/// Names the contents of an answer (RFC 9110, section 8.8.3). It is weak, because the same contents go over the wire compressed or not.
struct EntityTag: Hashable, Sendable {
    /// As it stands in the header `ETag`.
    let text: String

    /// The tag of an answer that consists of these bytes.
    init(of bytes: some ContiguousBytes) {
        var hash = SHA256()
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        text = "W/\"\(Base64URL.encode(hash.finalize().prefix(15)))\""
    }

    /// The part that a weak comparison looks at.
    var opaque: Substring { text.dropFirst(2) }
}
