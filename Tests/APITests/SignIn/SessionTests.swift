import AsyncHTTPClient
import Domain
import HTTPTypes
import Hummingbird
import JSON
import NIOCore
import Synchronization
import Testing

@testable import API

/// Sessions at any time: the clock is an argument.
@Suite struct SessionTests {
    private static let start = Timestamp(microseconds: 1_771_752_600_000_000)
    private static let reader = SignedInIdentity(
        subject: "1", email: "ann@example.com", name: "Ann", hostedDomain: "example.com", groups: ["team"])
    private static let lifetime = SessionLifetime(idle: .seconds(3_600), maximum: .seconds(7_200))
    private static let (oldKey, newKey) = (String(repeating: "o", count: 32), String(repeating: "n", count: 32))

    private func after(_ seconds: Int64) -> Timestamp { Timestamp(microseconds: Self.start.microseconds + seconds * 1_000_000) }

    private func cookies(_ keys: [String] = [oldKey]) -> SessionCookie { SessionCookie(secrets: keys, lifetime: Self.lifetime) }

    /// The request that a browser sends after an answer with this `Set-Cookie`.
    private func request(_ header: String) -> Request {
        let pair = String(header.prefix { $0 != ";" })
        return Request(
            head: HTTPRequest(method: .get, scheme: "http", authority: "test", path: "/", headerFields: [.cookie: "a=b; \(pair); c=d"]),
            body: RequestBody(buffer: ByteBuffer()))
    }

    private func code(_ finding: SessionCookie.Finding) -> String? {
        switch finding {
        case .none: "none"
        case .open: nil
        case .refused(let refusal): refusal.code
        }
    }

    @Test func theCookieIsForThisHostAndForNoScript() throws {
        let header = try cookies().opening(ReaderSession(of: Self.reader, at: Self.start), at: Self.start)
        #expect(header.hasPrefix("__Host-xmonitor="))
        #expect(header.hasSuffix("; Max-Age=3600; Path=/; Secure; HttpOnly; SameSite=Lax"))
        #expect(!header.contains("ann"))
    }

    @Test func anUnusedSessionEndsAndAUsedOneLastsUntilItsAbsoluteEnd() throws {
        var session = ReaderSession(of: Self.reader, at: Self.start)
        let unused = request(try cookies().opening(session, at: Self.start))
        #expect(code(cookies().find(in: unused, at: after(3_599))) == nil)
        #expect(code(cookies().find(in: unused, at: after(3_600))) == "session_expired")
        session.seenAt = after(3_599)
        let used = request(try cookies().opening(session, at: after(3_599)))
        #expect(code(cookies().find(in: used, at: after(7_198))) == nil)
        session.seenAt = after(7_199)
        let last = request(try cookies().opening(session, at: after(7_199)))
        #expect(code(cookies().find(in: last, at: after(7_199))) == nil)
        #expect(code(cookies().find(in: last, at: after(7_200))) == "session_expired")
    }

    @Test func theCookieIsMadeAnewEveryFewMinutesAndForItsHolderAlone() throws {
        var configuration = SignInConfiguration.ofNoProvider
        (configuration.sessionIdle, configuration.sessionMaximum) = (Self.lifetime.idle, Self.lifetime.maximum)
        let signIn = SignIn(configuration, http: .toNoProvider)
        let session = ReaderSession(of: Self.reader, at: Self.start)
        func renewed(_ seconds: Int64, _ caching: String?) -> String? {
            var response = Response(status: .ok)
            response.headers[.cacheControl] = caching
            return signIn.renewing(session, in: response, at: after(seconds)).headers[.setCookie]
        }
        #expect(renewed(299, "private, no-cache") == nil)
        #expect(renewed(300, "no-cache") == nil)
        #expect(renewed(300, nil) == nil)
        #expect(renewed(300, "no-store") != nil)
        let header = try #require(renewed(300, "private, no-cache"))
        #expect(code(signIn.sessions.find(in: request(header), at: after(3_800))) == nil)
        #expect(code(signIn.sessions.find(in: request(header), at: after(3_900))) == "session_expired")
    }

    @Test func keysRotate() throws {
        let session = ReaderSession(of: Self.reader, at: Self.start)
        let old = request(try cookies([Self.oldKey]).opening(session, at: Self.start))
        let new = request(try cookies([Self.newKey, Self.oldKey]).opening(session, at: Self.start))
        #expect(code(cookies([Self.newKey, Self.oldKey]).find(in: old, at: Self.start)) == nil)
        #expect(code(cookies([Self.newKey]).find(in: new, at: Self.start)) == nil)
        #expect(code(cookies([Self.oldKey]).find(in: new, at: Self.start)) == "session_unreadable")
        #expect(code(cookies([Self.newKey]).find(in: old, at: Self.start)) == "session_unreadable")
    }

    @Test func aCookieWithOneOtherByteIsNone() throws {
        let header = try cookies().opening(ReaderSession(of: Self.reader, at: Self.start), at: Self.start)
        let value = Array(header.dropFirst("__Host-xmonitor=".count).prefix { $0 != ";" })
        for place in value.indices {
            var other = value
            other[place] = other[place] == "A" ? "B" : "A"
            let finding = cookies().find(in: request("__Host-xmonitor=\(String(other))"), at: Self.start)
            // The last letter has bits that no byte is made of.
            if place == value.indices.last, case .open = finding { continue }
            #expect(code(finding) == "session_unreadable")
        }
    }

    /// The one names the same reader as the other, and is no session.
    @Test func aCookieOfAnotherNameIsNoSession() throws {
        let other = SealedCookie(name: "__Host-xmonitor-sign-in", secrets: [Self.oldKey])
        let header = try other.setting(ReaderSession(of: Self.reader, at: Self.start), for: .seconds(600))
        let renamed = header.replacing("__Host-xmonitor-sign-in=", with: "__Host-xmonitor=")
        #expect(code(cookies().find(in: request(renamed), at: Self.start)) == "session_unreadable")
        #expect(code(cookies().find(in: request(header), at: Self.start)) == "none")
    }

    /// Any bytes, also such as would be a box.
    @Test func anyTextIsNoSession() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<1_000 {
            let text = Base64URL.encode(
                (0..<Int.random(in: 0...100, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) })
            #expect(code(cookies().find(in: request("__Host-xmonitor=\(text)"), at: Self.start)) == "session_unreadable")
        }
    }
}

/// Who may read, over HTTP.
@Suite struct SessionAccessTests {
    private static let reader = SignedInIdentity(subject: "1", email: "ann@example.com", name: "Ann", hostedDomain: nil, groups: ["team"])

    private func server(_ admission: Admission, _ events: Events = Events()) throws -> TestServer {
        var configuration = SignInConfiguration.ofNoProvider
        configuration.admission = admission
        return try TestServer(readAccess: .oidc, signIn: configuration) { event in events.add(event) }
    }

    private final class Events: Sendable {
        private let codes = Mutex<[String]>([])
        var all: [String] { codes.withLock { $0 } }
        func add(_ event: ServerEvent) {
            if case .refusal(_, let refusal) = event { codes.withLock { $0.append(refusal.code) } }
        }
    }

    private func cookie(_ server: TestServer, _ reader: SignedInIdentity = reader, at opening: Timestamp = .now) throws -> HTTPFields {
        let signIn = try #require(server.server.signIn)
        let header = try signIn.sessions.opening(ReaderSession(of: reader, at: opening), at: opening)
        return [.cookie: String(header.prefix { $0 != ";" })]
    }

    @Test func whoMayEnterReadsAndNeverWrites() async throws {
        let server = try server(Admission(emails: ["Ann@Example.com"]))
        let headers = try cookie(server)
        let answer = try await server.send(.get, "/v1/feed", headers: headers)
        #expect(answer.status == 200)
        #expect(answer.headers[.cacheControl] == "private, no-cache")
        #expect(answer.headers[values: .vary].joined(separator: ",").contains("Cookie"))
        let write = try await server.send(.post, "/v1/ingest/runs", headers: headers, body: Array("{}".utf8))
        #expect(write.status == 403)
        #expect(try await server.get("/v1/feed").status == 401)
        let me = try await server.send(.get, "/v1/me", headers: headers).json
        #expect(me["signed_in"] == .boolean(true))
        #expect(me["may_read"] == .boolean(true))
        #expect(me["name"] == .string("Ann"))
        #expect(me["scopes"] == .array([.string("read")]))
    }

    @Test func whoMayNotEnterIsToldWhoHeIs() async throws {
        let events = Events()
        let server = try server(Admission(domains: ["example.com"]), events)
        let headers = try cookie(server)
        let answer = try await server.send(.get, "/v1/feed", headers: headers)
        #expect(answer.status == 403)
        #expect(answer.body.contains("ann@example.com"))
        #expect(events.all == ["domain_not_allowed"])
        let me = try await server.send(.get, "/v1/me", headers: headers).json
        #expect(me["signed_in"] == .boolean(true))
        #expect(me["may_read"] == .boolean(false))
        #expect(me["scopes"] == .array([]))
    }

    /// A suffix of the address is no domain, a letter that looks the same is another one, and groups know case.
    @Test(
        arguments: [
            (Admission(domains: ["example.com"]), nil, "ann@example.com", [], false),
            (Admission(domains: ["example.com"]), "example.com", "ann@gmail.com", [], true),
            (Admission(domains: ["example.com"]), "sub.example.com", "ann@example.com", [], false),
            (Admission(domains: ["kpn.example"]), "\u{212A}pn.example", "ann@kpn.example", [], false),
            (Admission(emails: ["kim@example.com"]), nil, "\u{212A}im@example.com", [], false),
            (Admission(emails: ["kim@example.com"]), nil, "kim@example.com", [], true),
            (Admission(groups: ["team"]), nil, "ann@example.com", ["Team"], false),
            (Admission(groups: ["team"]), nil, "ann@example.com", ["other", "team"], true),
            (Admission(isForEverybody: true), nil, "ann@example.com", [], true),
            (Admission(), "example.com", "ann@example.com", ["team"], false),
        ] as [(Admission, String?, String, [String], Bool)])
    func whoIsNamedMayEnter(_ admission: Admission, _ domain: String?, _ email: String, _ groups: [String], _ mayEnter: Bool) {
        let reader = SignedInIdentity(subject: "1", email: email, name: nil, hostedDomain: domain, groups: groups)
        #expect((admission.refusal(of: reader) == nil) == mayEnter)
    }

    @Test func theFirstUseOfASessionIsToldToTheAuditOnce() async throws {
        let server = try server(Admission(emails: ["ann@example.com"]))
        let headers = try cookie(server)
        for _ in 0..<3 { #expect(try await server.send(.get, "/v1/feed", headers: headers).status == 200) }
        #expect(try await server.send(.get, "/v1/feed", headers: try cookie(server)).status == 200)
        for _ in 0..<2 { await server.server.flushJournal() }
        let uses = server.archive.state.withLock { $0.recorded.filter { $0.action == .sessionFirstUsed } }
        #expect(uses.map(\.principal) == ["ann@example.com", "ann@example.com"])
        #expect(Set(uses.map { $0.details["session"] }).count == 2)
    }

    @Test func anEndedSessionIsNone() async throws {
        let events = Events()
        let server = try server(Admission(isForEverybody: true), events)
        let opening = Timestamp(microseconds: Timestamp.now.microseconds - 60_000_000)
        let headers = try cookie(server, at: opening)
        #expect(try await server.send(.get, "/v1/feed", headers: headers).status == 200)
        for email in ["ann@example.com", ""] {
            server.archive.state.withLock { state in
                state.access.revision += 1
                state.access.endedSessions = [email: Timestamp(microseconds: opening.microseconds + 1)]
            }
            #expect(try await server.send(.get, "/v1/feed", headers: headers).status == 401)
            #expect(try await server.send(.get, "/v1/me", headers: headers).json["signed_in"] == .boolean(false))
            // One that was opened later is good.
            #expect(try await server.send(.get, "/v1/feed", headers: try cookie(server)).status == 200)
        }
        #expect(Set(events.all) == ["session_ended"])
    }

    @Test func anAnswerThatMayComeLateBringsNoSessionBack() async throws {
        let server = try server(Admission(isForEverybody: true))
        let headers = try cookie(server, at: Timestamp(microseconds: Timestamp.now.microseconds - 600_000_000))
        for path in ["/v1/feed", "/v1/me", "/v1/stats/summary"] {
            #expect(try await server.send(.get, path, headers: headers).headers[.setCookie] != nil, "\(path)")
        }
        for path in ["/v1/changes", "/v1/health"] {
            #expect(try await server.send(.get, path, headers: headers).headers[.setCookie] == nil, "\(path)")
        }
    }

    /// Keys and ended sessions are read before the server listens; here nobody has read them.
    @Test func whetherASessionWasEndedIsAskedAgainWhileNobodyKnows() async throws {
        let access = try server(Admission(isForEverybody: true)).server.access
        let headers = try cookie(try server(Admission(isForEverybody: true)))
        let request = Request(
            head: HTTPRequest(method: .get, scheme: "http", authority: "test", path: "/", headerFields: headers),
            body: RequestBody(buffer: ByteBuffer()))
        let caller = access.identify(request, at: .now)
        #expect(caller.principals.isEmpty && caller.session != nil)
        let problem = #expect(throws: Problem.self) { try access.authorise(caller, for: .read) }
        #expect(problem?.code == .unavailable)
    }

    @Test func signingOutNeedsThePageItselfAndTakesTheCookie() async throws {
        let server = try server(Admission(isForEverybody: true))
        var headers = try cookie(server)
        #expect(try await server.send(.post, "/v1/auth/sign-out", headers: headers).status == 403)
        headers[HTTPField.Name("Sec-Fetch-Site")!] = "cross-site"
        #expect(try await server.send(.post, "/v1/auth/sign-out", headers: headers).status == 403)
        headers[HTTPField.Name("Sec-Fetch-Site")!] = "same-origin"
        let answer = try await server.send(.post, "/v1/auth/sign-out", headers: headers)
        #expect(answer.status == 200)
        #expect(answer.headers[values: .setCookie].contains { $0.hasPrefix("__Host-xmonitor=; Max-Age=0;") })
        #expect(try answer.json["end_session_url"] == .null)
    }

    @Test func withoutSignInACookieIsNothing() async throws {
        let cookie = try cookie(try server(Admission(isForEverybody: true)))
        let server = try TestServer(readAccess: .keys)
        #expect(try await server.send(.get, "/v1/feed", headers: cookie).status == 401)
        #expect(try await server.get("/v1/me").json["can_sign_in"] == .boolean(false))
    }
}
