internal import Domain
internal import HTTPTypes
internal import Hummingbird
internal import JSON

extension Server {
    @Sendable func receipt(_ request: Request, _ context: APIContext) async throws -> Response {
        guard let number = Int64(try context.pathParameter("batchId")), let receipt = try await reading.receipt(number) else {
            throw Problem(.notFound, "There is no batch with this number.")
        }
        var writer = JSONWriter()
        receipt.write(to: &writer)
        var response = Response(json: writer)
        response.headers[.cacheControl] = "private, no-cache"
        return response
    }
}
