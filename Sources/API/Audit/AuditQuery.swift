internal import Domain
internal import JSON

/// The query of `GET /v1/audit`.
struct AuditQuery {
    var since: Timestamp?
    var position: AuditPosition?
    var limit: Int
    private let signer: CursorSigner

    static let parameters = ParameterNames(single: ["since", "limit", "cursor"])

    init(_ parameters: QueryParameters, _ limits: PageLimits, _ signer: CursorSigner) throws {
        self.signer = signer
        since = try DayBounds(nil).range(parameters, "since", "until").since
        limit = try parameters.limit(limits)
        position = try parameters.text("cursor").map(decode)
    }

    /// Microseconds and the number, 8 bytes each, big-endian.
    func cursor(_ position: AuditPosition) -> String {
        let payload = [position.at.microseconds, position.id].flatMap { withUnsafeBytes(of: $0.bigEndian, Array.init) }
        return signer.close(payload, scope: scope)
    }

    private func decode(_ text: String) throws -> AuditPosition {
        let payload = try signer.open(text, scope: scope)
        guard payload.count == 16 else { throw CursorSigner.broken }
        let numbers = [payload.prefix(8), payload.suffix(8)].map { $0.reduce(Int64(0)) { $0 << 8 | Int64($1) } }
        return AuditPosition(at: Timestamp(microseconds: numbers[0]), id: numbers[1])
    }

    private var scope: [UInt8] {
        var writer = JSONWriter()
        writer.array { writer in
            writer.string("audit")
            if let since { writer.timestamp(since) } else { writer.null() }
        }
        return writer.bytes
    }
}
