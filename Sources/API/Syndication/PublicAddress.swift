internal import HTTPTypes
internal import Hummingbird

/// The address of one view of the posts as its reader knows it, and of its other pages.
///
/// It comes from the setting for it, else from the `Host` of the request. What a request forwards of other hosts is not believed: anybody
/// can send that, and a cache that knows nothing of it would hand the wrong links to others.
struct PublicAddress {
    /// The scheme, the host and what else stands before the path of the request.
    let base: String
    private let path: String
    private let parameters: QueryParameters

    /// - Throws: `Problem` when nothing says which host this is.
    init(_ request: Request, _ parameters: QueryParameters, publicURL: String?) throws {
        (path, self.parameters) = (request.uri.path, parameters)
        if let publicURL {
            base = publicURL
            return
        }
        guard let host = request.head.authority, !host.isEmpty, host.utf8.allSatisfy(Self.isOfHost) else {
            throw Problem(.invalidHeader, "Links need a Host; this request has none, or a malformed one.", parameter: "Host")
        }
        base = "http://" + host
    }

    /// This very page.
    var own: String { link(cursor: parameters.text("cursor")) }

    /// The page that `cursor` leads to; the first one without it.
    func link(cursor: String?) -> String {
        let query = parameters.query(leavingOut: "cursor") + (cursor.map { ["cursor=\($0)"] } ?? [])
        return base + path + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }

    private static func isOfHost(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"):
            true
        default: false
        }
    }
}
