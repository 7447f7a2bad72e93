import Domain
import HTTPTypes

@testable import API

extension TestServer {
    /// What the browser of a reader sends who has just signed in.
    static func cookie(of email: String) throws -> String {
        let reader = SignedInIdentity(subject: email, email: email, groups: [])
        let signIn = SignIn(.ofNoProvider, http: .toNoProvider)
        return String(try signIn.sessions.opening(ReaderSession(of: reader, at: .now), at: .now).prefix { $0 != ";" })
    }

    /// Sends a request as the feed's own page does for a reader.
    func send(
        _ method: HTTPRequest.Method, _ path: String, as email: String, _ body: String = "", site: String = "same-origin"
    ) async throws -> Answer {
        let headers: HTTPFields = [
            .cookie: try Self.cookie(of: email), .contentType: "application/json", HTTPField.Name("Sec-Fetch-Site")!: site,
        ]
        return try await send(method, path, headers: headers, body: Array(body.utf8))
    }
}
