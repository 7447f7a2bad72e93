internal import Domain
internal import HTTPTypes
internal import Hummingbird

/// Any view of the posts as a file.
extension Server {
    @Sendable func csv(_ request: Request, _ context: APIContext) async throws -> Response {
        try await download(.csv(bom: context.query.boolean("bom") ?? false), context)
    }

    @Sendable func ndjson(_ request: Request, _ context: APIContext) async throws -> Response {
        try await download(.ndjson, context)
    }

    /// The whole view as a file.
    private func download(_ format: DownloadFormat, _ context: APIContext) async throws -> Response {
        let (filter, sort, name) = (try PostFilter(context.query), try PostSort(context.query), ViewName(context.query))
        let permit = try downloadLimit.take { maximum in
            Problem(.tooManyDownloads, "This server has \(maximum) downloads at most, and all are taken. Try again later.")
        }
        // Whether the archive answers shows before the status has been sent, and HEAD asks for no more.
        _ = try await reading.feed(filter, sort: sort, start: .first, limit: 1)
        let download = StreamedBody(
            connection: context.connection, patience: configuration.downloadPatience, limit: configuration.downloadTime,
            mayGoOn: context.mayGoOn
        ) { send in
            await send(format.head)
            try await reading.posts(filter, sort: sort, patience: configuration.downloadPatience) { posts in
                await send(format.write(posts))
            }
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: format.type,
                .contentDisposition: "attachment; filename=\"\(name.file(format.suffix, day: .now))\"",
            ],
            body: .init { writer in
                // Others need connections to the database, too, and this takes one for as long as its reader likes.
                defer { withExtendedLifetime(permit) {} }
                do { try await download.write(to: &writer) } catch {
                    if error is AnswerTooLarge { throw error }
                    var fault = LoggedFault(error)
                    fault.text = "The download was broken off: \(fault)"
                    observe(.fault(id: context.requestID, fault))
                    throw error
                }
            })
    }
}
