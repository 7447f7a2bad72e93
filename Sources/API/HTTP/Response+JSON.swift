internal import Domain
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension Response {
    /// A JSON answer.
    init(json writer: JSONWriter, status: HTTPResponse.Status = .ok) {
        self.init(
            status: status, headers: [.contentType: "application/json; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(bytes: writer.bytes)))
    }
}
