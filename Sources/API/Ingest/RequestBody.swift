internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension Server {
    /// The bytes of a body that says it is JSON.
    func body(_ request: Request) async throws -> [UInt8] {
        try Self.checkType(request)
        let limit = configuration.maximumBodyBytes
        let tooLarge = Problem(.tooLarge, "The body has more than \(limit) bytes. Send fewer items at a time.")
        if let length = request.headers[.contentLength].flatMap(Int.init), length > limit { throw tooLarge }
        var bytes: [UInt8] = []
        for try await chunk in request.body {
            guard bytes.count + chunk.readableBytes <= limit else { throw tooLarge }
            bytes.append(contentsOf: chunk.readableBytesView)
        }
        return bytes
    }

    private static func checkType(_ request: Request) throws {
        guard let type = request.headers[.contentType]?.lowercased().split(separator: ";").first else { return }
        let name = type.trimmingPrefix { $0 == " " }
        guard name == "application/json" || name.hasSuffix("+json") else {
            throw Problem(.unsupportedMediaType, "The body has to be JSON: send the header content-type: application/json.")
        }
    }
}
