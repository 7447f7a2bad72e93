internal import Domain
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Any view of the posts as a file and as a feed.
extension Server {
    @Sendable func csv(_ request: Request, _ context: APIContext) async throws -> Response {
        let parameters = try downloadParameters(request, also: ["bom"])
        return try await download(parameters, .csv(bom: parameters.boolean("bom") ?? false), context)
    }

    @Sendable func ndjson(_ request: Request, _ context: APIContext) async throws -> Response {
        try await download(downloadParameters(request), .ndjson, context)
    }

    @Sendable func atom(_ request: Request, _ context: APIContext) async throws -> Response {
        try await feed(request, suffix: "atom", type: AtomFeed.type, AtomFeed.write)
    }

    @Sendable func rss(_ request: Request, _ context: APIContext) async throws -> Response {
        try await feed(request, suffix: "rss", type: RSSFeed.type, RSSFeed.write)
    }

    @Sendable func jsonFeed(_ request: Request, _ context: APIContext) async throws -> Response {
        try await feed(request, suffix: "json", type: JSONFeed.type, JSONFeed.write)
    }

    /// Without an address of its own the server writes links as each request has it.
    var linksCaching: Caching { configuration.publicURL == nil ? .content : .archive }

    private func feed(
        _ request: Request, suffix: String, type: String, _ write: (SyndicationFeed) throws -> [UInt8]
    ) async throws -> Response {
        let feed = try await subscription(request)
        return Response(
            status: .ok, headers: [.contentType: type, .contentDisposition: "inline; filename=\"\(feed.name.file(suffix))\""],
            body: .init(byteBuffer: ByteBuffer(bytes: try write(feed))))
    }

    private func downloadParameters(_ request: Request, also names: [String] = []) throws -> QueryParameters {
        try QueryParameters(
            request, allowed: PostFilter.singleParameters + ["sort"] + names, repeatable: PostFilter.repeatableParameters)
    }

    /// The whole view as a file.
    private func download(_ parameters: QueryParameters, _ format: DownloadFormat, _ context: APIContext) async throws -> Response {
        let (filter, sort, name) = (try PostFilter(parameters), try PostSort(parameters), ViewName(parameters))
        let permit = try downloadLimit.take { maximum in
            Problem(.tooManyDownloads, "This server has \(maximum) downloads at most, and all are taken. Try again later.")
        }
        // Whether the archive answers shows before the status has been sent, and HEAD asks for no more.
        _ = try await reading.feed(filter, sort: sort, start: .first, limit: 1)
        let download = StreamedBody(channel: context.channel, patience: configuration.downloadPatience, limit: configuration.downloadTime) {
            send in
            await send(format.head)
            try await reading.posts(filter, sort: sort, patience: configuration.downloadPatience) { posts in
                await send(format.write(posts))
            }
        }
        return Response(
            status: .ok,
            headers: [.contentType: format.type, .contentDisposition: "attachment; filename=\"\(name.file(format.suffix))\""],
            body: .init { writer in
                // Others need connections to the database, too, and this takes one for as long as its reader likes.
                defer { withExtendedLifetime(permit) {} }
                do { try await download.write(to: &writer) } catch {
                    observe(.fault(id: context.requestID, text: "The download was broken off: \(error)"))
                    throw error
                }
            })
    }
}
