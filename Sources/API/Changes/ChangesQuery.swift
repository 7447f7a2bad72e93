internal import Domain
internal import HTTPTypes
internal import Hummingbird

/// Where a reader of the changes goes on.
struct ChangesStart {
    enum From {
        /// Every row that there is, and then what is written from now on.
        case firstRead
        /// Only what is written from now on.
        case now
        case cursor(ChangeCursor)
    }

    var from: From
    /// The parameter or the header that says so.
    var name = "after"

    static let firstRead = ChangesStart(from: .firstRead)

    /// - Parameter name: the parameter or the header that holds `text`.
    static func read(_ text: String, _ name: String = "after") throws -> ChangesStart {
        if text == "now" { return ChangesStart(from: .now, name: name) }
        guard let cursor = ChangeCursor(text) else {
            throw Problem(
                .invalidCursor, "\(name) is now, or a cursor that an answer held; without it every row is told first.", parameter: name)
        }
        return ChangesStart(from: .cursor(cursor), name: name)
    }
}

/// What `/v1/changes` was asked for.
struct ChangesQuery {
    var start: ChangesStart
    var limit: Int
    var wait: Duration?

    static let defaultLimit = 200
    /// The longest wait that may be asked for, in seconds.
    static let longestWait = 30

    /// - Parameter maximumWait: a longer wait ends then.
    init(_ parameters: QueryParameters, maximumWait: Duration) throws {
        start = try parameters.text("after").map { try ChangesStart.read($0) } ?? .firstRead
        limit = try parameters.integer("limit", 1...1_000) ?? Self.defaultLimit
        wait = try parameters.integer("wait", 1...Self.longestWait).map { min(.seconds($0), maximumWait) }
    }
}

/// What `/v1/stream` was asked for. A client that comes back names the last event that it saw, whatever its address says.
struct StreamQuery {
    var start: ChangesStart

    init(_ request: Request, _ parameters: QueryParameters) throws {
        let after = try parameters.text("after").map { try ChangesStart.read($0) }
        // An empty one is that of a client that has seen no event.
        let last = try request.headers[.lastEventID].flatMap { try $0.isEmpty ? nil : ChangesStart.read($0, "Last-Event-ID") }
        start = last ?? after ?? .firstRead
    }
}
