internal import Domain
internal import JSON

/// The feed token that a reader asks for.
struct FeedTokenRequest {
    var view: FeedView
    var name: String

    /// - Throws: `Problem` that names the member at fault.
    init(_ bytes: [UInt8]) throws(Problem) {
        let body: JSONValue
        do throws(JSONError) { body = try JSONReader.read(bytes) } catch { throw Problem(.invalidJSON, "The body is not JSON: \(error).") }
        guard case .object(let object) = body else {
            throw Problem(
                .invalidBody, "The body has to be an object with a view, and with a name if the token shall have one.", pointer: "")
        }
        if let other = object.members.first(where: { !["view", "name"].contains($0.name) }) {
            throw Problem(.invalidBody, "There is no such member here. Known: view, name.", pointer: "/" + String(other.name.prefix(64)))
        }
        guard case .string(let text)? = object["view"] else {
            throw Problem(.invalidBody, "view has to be a text: the query of an address, as tier=teammate.", pointer: "/view")
        }
        do throws(FeedView.Malformed) { view = try FeedView(text) } catch {
            throw Problem(.invalidBody, "This is no view: \(error)", pointer: "/view")
        }
        switch object["name"] {
        case nil, .null: name = ViewName(view.parameters).nameOfToken
        case .string(let text) where AccessKey.isName(text): name = text
        default:
            throw Problem(.invalidBody, "name has to be a text of 1 to \(AccessKey.longestName) characters on one line.", pointer: "/name")
        }
    }
}

extension ViewName {
    /// The title, where it is fit to be one.
    fileprivate var nameOfToken: String {
        let start = String(title.prefix(AccessKey.longestName))
        return AccessKey.isName(start) ? start : "XMonitor"
    }
}
