internal import HTTPTypes
internal import Hummingbird
internal import NIOHTTP1

/// What a browser may do with an answer: the one table of these headers. They are made once, and every answer has them.
struct SecurityHeaders: Sendable {
    /// Of a file of the web feed. It runs what comes from this server as a file, and nothing that stands in a page; no other page shows it.
    let ofFiles: HTTPFields
    /// Of every other answer, which nothing runs and no page shows, errors too.
    let ofAnswers: HTTPFields
    /// The same, for answers that are made below the router.
    let ofRefusals: HTTPHeaders

    /// - Parameter publicURL: what readers reach the server by. Where that is HTTPS, TLS ends in front of the server, and browsers are told
    ///   to come no other way.
    init(publicURL: String?) {
        var ofEverything: HTTPFields = [
            .xContentTypeOptions: "nosniff",
            .referrerPolicy: "no-referrer",
            .permissionsPolicy: "camera=(), microphone=(), geolocation=()",
            .crossOriginOpenerPolicy: "same-origin",
            // Pages that CORS admits are not kept out: it is for requests without CORS, such as those of an image or a script.
            .crossOriginResourcePolicy: "same-origin",
        ]
        if publicURL?.hasPrefix("https://") == true { ofEverything[.strictTransportSecurity] = "max-age=31536000" }
        ofFiles = [.contentSecurityPolicy: Self.policyOfFiles.joined(separator: "; ")] + ofEverything
        ofAnswers = [.contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'"] + ofEverything
        ofRefusals = HTTPHeaders(ofAnswers.map { ($0.name.rawName, $0.value) })
    }

    private static let policyOfFiles = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'", "font-src 'self'",
        "manifest-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'",
    ]
}
