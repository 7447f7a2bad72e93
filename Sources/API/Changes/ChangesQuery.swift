internal import Domain
internal import HTTPTypes
internal import Hummingbird

/// Where a reader of the changes goes on.
enum ChangesStart {
    case place(ChangePlace)
    /// At the end: only what is written from now on.
    case now

    /// - Parameter name: the parameter or the header that holds `text`.
    init(_ text: String, _ name: String) throws {
        if text == "now" {
            self = .now
        } else if let place = ChangePlace(text) {
            self = .place(place)
        } else {
            throw Problem(
                .invalidCursor,
                "\(name) is now, or a cursor that an answer held, as 17-42; without it the changes come from the beginning.",
                parameter: name)
        }
    }

    func place(_ reading: any ArchiveReading) async throws(ArchiveError) -> ChangePlace {
        switch self {
        case .place(let place): place
        case .now: try await reading.endOfChanges()
        }
    }
}

/// What `/v1/changes` was asked for.
struct ChangesQuery {
    var start: ChangesStart
    var limit: Int
    var wait: Duration?

    static let defaultLimit = 200
    static let longestWait = 30

    init(_ request: Request) throws {
        let parameters = try QueryParameters(request, allowed: ["after", "limit", "wait"])
        start = try parameters.text("after").map { try ChangesStart($0, "after") } ?? .place(.beginning)
        limit = try parameters.integer("limit", 1...1_000) ?? Self.defaultLimit
        wait = try parameters.integer("wait", 1...Self.longestWait).map { .seconds($0) }
    }
}

/// What `/v1/stream` was asked for. A client that comes back names the last event that it saw, whatever its address says.
struct StreamQuery {
    var start: ChangesStart

    init(_ request: Request) throws {
        let parameters = try QueryParameters(request, allowed: ["after"])
        let after = try parameters.text("after").map { try ChangesStart($0, "after") }
        let last = try request.headers[.lastEventID].map { try ChangesStart($0, "Last-Event-ID") }
        start = last ?? after ?? .place(.beginning)
    }
}

extension HTTPField.Name {
    fileprivate static let lastEventID = HTTPField.Name("Last-Event-ID") ?? .ifMatch
}
