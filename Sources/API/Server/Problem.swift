internal import Domain
internal import HTTPTypes
internal import Hummingbird
internal import JSON

/// The one shape of an error (RFC 9457), with a stable code that `docs/api/errors.md` catalogues.
struct Problem: Error, Hashable {
    var code: Code
    /// One sentence for people: what is wrong and what to do.
    var detail: String
    /// The query parameter at fault.
    var parameter: String?
    /// Where in the body the fault is (RFC 6901).
    var pointer: String?
    /// Headers that the answer has besides those of its code.
    var headers: HTTPFields = [:]

    init(_ code: Code, _ detail: String, parameter: String? = nil, pointer: String? = nil) {
        self.code = code
        self.detail = detail
        self.parameter = parameter
        self.pointer = pointer
    }

    enum Code: String, CaseIterable {
        case malformedRequest = "malformed_request"
        case malformedURL = "malformed_url"
        case unknownParameter = "unknown_parameter"
        case repeatedParameter = "repeated_parameter"
        case invalidParameter = "invalid_parameter"
        case invalidCursor = "invalid_cursor"
        case invalidJSON = "invalid_json"
        case invalidBody = "invalid_body"
        case invalidHeader = "invalid_header"
        case unauthorized
        case forbidden
        case notFound = "not_found"
        case methodNotAllowed = "method_not_allowed"
        case tooManyFeedTokens = "too_many_feed_tokens"
        case tooLarge = "too_large"
        case tooManyItems = "too_many_items"
        case unsupportedMediaType = "unsupported_media_type"
        case unsupportedCoding = "unsupported_coding"
        case expectationFailed = "expectation_failed"
        case requestTimeout = "request_timeout"
        case tooManyRequests = "too_many_requests"
        case repeatedKey = "idempotency_key_reused"
        case tooLargeHere = "too_large_here"
        case countDiffers = "count_differs"
        case internalError = "internal_error"
        case notImplemented = "not_implemented"
        case ingestDisabled = "ingest_disabled"
        case tooManyStreams = "too_many_streams"
        case tooManyDownloads = "too_many_downloads"
        case tooManyUploads = "too_many_uploads"
        case tooManyConnections = "too_many_connections"
        case unavailable
        case outdatedSchema = "outdated_schema"
        case timeout

        /// The one table from codes to statuses.
        var status: HTTPResponse.Status {
            switch self {
            case .malformedRequest, .malformedURL, .unknownParameter, .repeatedParameter, .invalidParameter, .invalidCursor, .invalidJSON,
                .invalidBody,
                .invalidHeader:
                .badRequest
            case .unauthorized: .unauthorized
            case .forbidden: .forbidden
            case .notFound: .notFound
            case .methodNotAllowed: .methodNotAllowed
            case .tooLarge, .tooManyItems: .contentTooLarge
            case .unsupportedMediaType, .unsupportedCoding: .unsupportedMediaType
            case .requestTimeout: .requestTimeout
            case .tooManyRequests: .tooManyRequests
            case .repeatedKey, .tooLargeHere: .unprocessableContent
            case .countDiffers, .tooManyFeedTokens: .conflict
            case .expectationFailed: .expectationFailed
            case .internalError: .internalServerError
            case .notImplemented: .notImplemented
            case .ingestDisabled, .tooManyStreams, .tooManyDownloads, .tooManyUploads, .tooManyConnections, .unavailable, .outdatedSchema,
                .timeout:
                .serviceUnavailable
            }
        }
    }
}

extension Problem {
    /// What a caller is told of a failure of the archive: nothing of its text, except what to do about the schema.
    init(_ error: ArchiveError) {
        switch error {
        case .unavailable:
            self.init(.unavailable, "The archive cannot be reached at the moment; send the request again.")
        case .outdatedSchema(_, let isNewer):
            let remedy =
                switch isNewer {
                case true?: "is newer than this server. Its operator has to update the server."
                case false?: "is older than this server. Its operator has to run `xmonitor schema apply`."
                case nil: "does not fit this server. Its operator has to run `xmonitor schema apply`, or update the server."
                }
            self.init(.outdatedSchema, "The archive's schema \(remedy)")
        case .repeatedKey:
            self.init(
                .repeatedKey,
                "This Idempotency-Key came before with another batch. Nothing was applied; send a new batch with a new key.",
                parameter: "Idempotency-Key")
        case .fault: self.init(.internalError, "Something went wrong inside the server. The request id finds it in the log.")
        }
    }

    /// The same for the sender of a batch. It may have been applied when the connection was lost at the last moment.
    var ofBatch: Problem {
        guard code == .unavailable || code == .timeout else { return self }
        var problem = self
        problem.detail +=
            " A batch is applied as a whole or not at all: with the same Idempotency-Key the first answer comes back, if there was one."
        return problem
    }

    /// - Parameter requestID: finds the request in the log.
    func response(requestID: String) -> Response {
        var writer = JSONWriter()
        writer.object { writer in write(to: &writer, requestID: requestID) }
        var response = Response(json: writer, status: code.status)
        response.headers[.contentType] = "application/problem+json"
        switch code {
        // Only an operator helps, so nobody is told when to try again.
        case .ingestDisabled: break
        case _ where code.status == .serviceUnavailable: response.headers[.retryAfter] = "5"
        case .unsupportedCoding: response.headers[.acceptEncoding] = "gzip, identity"
        case .unauthorized: response.headers[.wwwAuthenticate] = "Bearer realm=\"xmonitor\""
        default: break
        }
        response.headers.append(contentsOf: headers)
        return response
    }

    func write(to writer: inout JSONWriter, requestID: String) {
        writer.member("type", "about:blank")
        writer.member("title", code.status.reasonPhrase)
        writer.member("status", Int64(code.status.code))
        writer.member("detail", detail)
        writer.member("code", code.rawValue)
        writer.member("error", detail)
        if let parameter { writer.member("parameter", parameter) }
        if let pointer { writer.member("pointer", pointer) }
        writer.member("request_id", requestID)
    }
}
