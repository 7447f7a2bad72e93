internal import Domain
internal import HTTPTypes
internal import Hummingbird
internal import JSON

extension Server {
    @Sendable func changes(_ request: Request, _ context: APIContext) async throws -> Response {
        let query = try ChangesQuery(context.query, maximumWait: configuration.maximumWait)
        let page = try await page(from: cursor(of: query.start), limit: query.limit, parameter: query.start.name)
        guard page.changes.isEmpty, !page.hasMore, let wait = query.wait else { return try Self.response(page) }
        var response = try await request.withDisconnectSignal(on: context.connection) { disconnect in
            await changePoller.wait(at: page.next.place, for: wait, until: disconnect)
            try context.readmit()
            return try Self.response(try await self.page(from: page.next, limit: query.limit))
        }
        response.headers[.connection] = "close"
        return response
    }

    private static func response(_ page: ChangePage) throws -> Response {
        var writer = JSONWriter(capacity: 512 * (page.changes.count + 1))
        try page.write(to: &writer)
        return Response(json: writer)
    }

    /// Where a reader begins. Rows that are there already are told before what is written from now on.
    func cursor(of start: ChangesStart) async throws -> ChangeCursor {
        switch start.from {
        case .cursor(let cursor): cursor
        case .now: ChangeCursor(try await reading.endOfChanges())
        case .firstRead: ChangeCursor(try await reading.endOfChanges(), firstRead: .begins)
        }
    }

    /// - Parameter parameter: what names the place.
    /// - Throws: `Problem` when there is no such place.
    func page(from cursor: ChangeCursor, limit: Int, parameter: String = "after") async throws -> ChangePage {
        guard let page = try await reading.changes(from: cursor, limit: limit) else {
            throw Problem(
                .invalidCursor,
                "The cursor is of another archive, or of a state of this one that was lost when it was restored. Start again without it.",
                parameter: parameter)
        }
        return page
    }
}
