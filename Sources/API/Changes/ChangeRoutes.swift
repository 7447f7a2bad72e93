internal import Domain
internal import HTTPTypes
internal import Hummingbird
internal import JSON

extension Server {
    @Sendable func changes(_ request: Request, _ context: APIContext) async throws -> Response {
        let query = try ChangesQuery(context.query, maximumWait: configuration.maximumWait)
        let page = try await page(from: place(of: query.start), limit: query.limit, parameter: query.start.name)
        guard page.changes.isEmpty, let wait = query.wait else { return try Self.response(page) }
        var response = try await request.withDisconnectSignal(on: context.connection) { disconnect in
            await changePoller.wait(at: page.next, for: wait, until: disconnect)
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

    /// Where a reader begins who may have asked for the end.
    func place(of start: ChangesStart) async throws -> ChangePlace {
        if let place = start.place { place } else { try await reading.endOfChanges() }
    }

    /// - Parameter parameter: what names the place.
    /// - Throws: `Problem` when there is no such place.
    func page(from place: ChangePlace, limit: Int, parameter: String = "after") async throws -> ChangePage {
        guard let page = try await reading.changes(from: place, limit: limit) else {
            throw Problem(
                .invalidCursor,
                "The cursor lies after the last change: it is of another archive, or of a later state of this one. Start again without it.",
                parameter: parameter)
        }
        return page
    }
}
