internal import Domain
internal import HTTPTypes
internal import Hummingbird

extension Server {
    @Sendable func changes(_ request: Request, _ context: APIContext) async throws -> Response {
        let query = try ChangesQuery(request)
        let page = try await page(from: query.start, limit: query.limit)
        guard page.changes.isEmpty, let wait = query.wait else { return Self.response(page) }
        var response = try await request.withEnding { ending in
            await watch.wait(at: page.next, for: wait, until: ending)
            return Self.response(try await self.page(from: ChangesStart(place: page.next), limit: query.limit))
        }
        response.headers[.connection] = "close"
        return response
    }

    private static func response(_ page: ChangePage) -> Response {
        var writer = JSONWriter(capacity: 512 * (page.changes.count + 1))
        page.write(to: &writer)
        return Response(json: writer)
    }

    /// - Throws: `Problem` when there is no such place.
    func page(from start: ChangesStart, limit: Int) async throws -> ChangePage {
        let place = if let place = start.place { place } else { try await reading.endOfChanges() }
        guard let page = try await reading.changes(from: place, limit: limit) else {
            throw Problem(
                .invalidCursor,
                "The cursor lies after the last change: it is of another archive, or of a later state of this one. Start again without it.",
                parameter: start.name)
        }
        return page
    }
}
