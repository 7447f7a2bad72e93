internal import Domain
internal import Hummingbird
internal import JSON

extension Server {
    /// Says what the archive holds of an author, and with the right number removes it.
    @Sendable func purgeHandle(_ request: Request, _ context: APIContext) async throws -> Response {
        let received = try await bodies.read(request, context)
        let body: JSONValue
        do { body = try JSONReader.read(received.bytes) } catch {
            throw Problem(.invalidJSON, "The body is not JSON: \(error.description).")
        }
        let asked = try PurgeRequest(body)
        guard let confirmed = asked.confirmed else {
            return Self.answer(asked, try await operating.rows(of: asked.handle), isPurged: false)
        }
        let order = Purge(of: asked.handle, confirmed: confirmed, blocks: asked.blocks, by: context.principal.logName)
        switch try await operating.purge(order) {
        case .removed(let rows): return Self.answer(asked, rows, isPurged: true)
        case .miscounted(let rows):
            throw Problem(
                .countDiffers,
                "The archive has \(rows.total) rows of \(asked.handle) now, not \(confirmed). Nothing was removed; look, and confirm \(rows.total).",
                pointer: "/confirm")
        }
    }

    private static func answer(_ asked: PurgeRequest, _ rows: PostRows, isPurged: Bool) -> Response {
        var writer = JSONWriter()
        rows.write(to: &writer, of: asked.handle, isPurged: isPurged, isBlocked: isPurged && asked.blocks)
        return Response(json: writer)
    }
}

/// The body of the operation.
struct PurgeRequest {
    /// In its stored form.
    var handle: String
    var confirmed: Int?
    var blocks = false

    /// - Throws: `Problem` for any other shape: what removes takes nothing that it does not understand.
    init(_ body: JSONValue) throws(Problem) {
        guard case .object(let body) = body else { throw Self.other("The body has to be an object with the member handle.", "") }
        if let unknown = body.members.first(where: { !["handle", "confirm", "block"].contains($0.name) }) {
            throw Self.other("There is no member \(unknown.name.prefix(200)) here; handle, confirm and block are.", "")
        }
        guard case .string(let text)? = body["handle"], let handle = HandleRule.stored(text) else {
            throw Self.other("handle has to be the handle of an author.", "/handle")
        }
        self.handle = handle
        switch body["confirm"] {
        case nil, .null?: confirmed = nil
        case .number(let text)?:
            guard let number = Int(text), number >= 0 else { fallthrough }
            confirmed = number
        default: throw Self.other("confirm has to be the number of rows that would go.", "/confirm")
        }
        switch body["block"] {
        case nil, .null?: break
        case .boolean(let value)?: blocks = value
        default: throw Self.other("block has to be true or false.", "/block")
        }
    }

    private static func other(_ detail: String, _ pointer: String) -> Problem { Problem(.invalidBody, detail, pointer: pointer) }
}
