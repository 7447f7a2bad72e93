internal import HTTPTypes
internal import Hummingbird

/// How a body is packed (RFC 9110, section 8.4).
enum BodyCoding {
    case plain, gzip

    /// - Throws: `Problem` that names a coding other than these.
    init(_ request: Request) throws(Problem) {
        switch request.headers[.contentEncoding]?.lowercased() ?? "identity" {
        case "identity", "": self = .plain
        case "gzip", "x-gzip": self = .gzip
        case let other:
            throw Problem(
                .unsupportedCoding,
                "This server does not unpack the Content-Encoding \"\(other.prefix(40))\". Send gzip, or the body as it is.")
        }
    }
}
