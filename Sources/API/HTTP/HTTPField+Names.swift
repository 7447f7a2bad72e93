internal import HTTPTypes

/// The headers that HTTPTypes has no name for.
extension HTTPField.Name {
    static let requestID = field("x-request-id")
    static let apiKey = field("x-api-key")
    static let idempotencyKey = field("Idempotency-Key")
    static let lastEventID = field("Last-Event-ID")
    /// Tells nginx not to hold events back.
    static let accelBuffering = field("X-Accel-Buffering")
    static let xForwardedFor = field("X-Forwarded-For")
    static let rateLimit = field("RateLimit")
    static let rateLimitPolicy = field("RateLimit-Policy")
    static let secFetchSite = field("Sec-Fetch-Site")
    static let referrerPolicy = field("Referrer-Policy")
    static let permissionsPolicy = field("Permissions-Policy")
    static let crossOriginOpenerPolicy = field("Cross-Origin-Opener-Policy")

    // Safe: only the literals above come here, and each is a token of RFC 9110.
    private static func field(_ name: String) -> HTTPField.Name {
        guard let field = HTTPField.Name(name) else { preconditionFailure("\(name) is not the name of a header.") }
        return field
    }
}
