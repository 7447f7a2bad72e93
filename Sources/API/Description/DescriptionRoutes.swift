internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension Server {
    @Sendable func openAPIAsYAML(_ request: Request, _ context: APIContext) async throws -> Response {
        Self.document("application/yaml; charset=utf-8", APIDescription.yaml)
    }

    @Sendable func openAPIAsJSON(_ request: Request, _ context: APIContext) async throws -> Response {
        try Self.document("application/json; charset=utf-8", APIDescription.json.get())
    }

    private static func document(_ type: String, _ bytes: [UInt8]) -> Response {
        Response(status: .ok, headers: [.contentType: type], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
