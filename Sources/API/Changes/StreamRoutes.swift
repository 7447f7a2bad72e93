internal import Domain
internal import HTTPTypes
internal import Hummingbird

extension Server {
    /// The changes as Server-Sent Events, for as long as the client stays.
    @Sendable func stream(_ request: Request, _ context: APIContext) async throws -> Response {
        let start = try StreamQuery(request, context.query).start
        let permit = try streamLimit.take { maximum in
            Problem(
                .tooManyStreams, "This server has \(maximum) streams at most, and all are taken. Try again later, or poll /v1/changes.")
        }
        // The first page is read before the answer begins, so that what is wrong is told as everywhere.
        let cursor = try await cursor(of: start)
        let first = try await page(from: cursor, limit: ChangesQuery.defaultLimit, parameter: start.name)
        let body = ResponseBody { writer in
            try await request.withDisconnectSignal(on: context.connection) { disconnect in
                let stream = ChangeStream(
                    changePoller: changePoller, disconnect: disconnect, connection: context.connection, mayGoOn: context.mayGoOn,
                    readerPatience: configuration.readerPatience
                ) { fault in
                    observe(.fault(id: context.requestID, LoggedFault(fault)))
                }
                try await stream.run(from: cursor, first, to: &writer)
                if !context.mayGoOn() {
                    note(AccessRefusal(code: "access_ended", subject: context.principal.logName), context)
                }
            }
            try await writer.finish(nil)
            withExtendedLifetime(permit) {}
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store", .accelBuffering: "no", .connection: "close",
            ],
            body: body)
    }
}
