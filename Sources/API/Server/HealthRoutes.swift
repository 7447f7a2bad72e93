internal import Domain
internal import HTTPTypes
internal import Hummingbird
internal import JSON
internal import NIOCore

extension Server {
    /// Whether the service works: a real query and the version of the schema decide.
    @Sendable func health(_ request: Request, _ context: APIContext) async throws -> Response {
        var problem: Problem?
        do { try await probe.current() } catch let error as ArchiveError {
            observe(.fault(id: context.requestID, LoggedFault(error)))
            problem = Problem(error)
        }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("ok", problem == nil)
            writer.member("service", configuration.serviceName)
            writer.member("version", configuration.serviceVersion)
            problem?.write(to: &writer, requestID: context.requestID)
        }
        guard let problem else { return Response(json: writer) }
        var response = problem.response(requestID: context.requestID)
        response.body = .init(byteBuffer: ByteBuffer(bytes: writer.bytes))
        return response
    }

    /// Whether the process runs.
    @Sendable func live(_ request: Request, _ context: APIContext) async throws -> Response {
        return Self.ok
    }

    /// Whether it can serve.
    @Sendable func ready(_ request: Request, _ context: APIContext) async throws -> Response {
        try await probe.current()
        return Self.ok
    }

    private static var ok: Response {
        var writer = JSONWriter()
        writer.object { $0.member("ok", true) }
        return Response(json: writer)
    }
}
