internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension Server {
    @Sendable func openAPIAsYAML(_ request: Request, _ context: APIContext) async throws -> Response {
        Self.document("application/yaml; charset=utf-8", description.yaml)
    }

    @Sendable func openAPIAsJSON(_ request: Request, _ context: APIContext) async throws -> Response {
        Self.document("application/json; charset=utf-8", description.json)
    }

    private static func document(_ type: String, _ bytes: [UInt8]) -> Response {
        Response(status: .ok, headers: [.contentType: type], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
