import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import API

@Suite struct IdentityTests {
    private static let start = Timestamp(microseconds: 1_771_752_600_000_000)

    private func identity(_ claims: [String: IDToken.Claim]) throws -> SignedInIdentity {
        let needed: [String: IDToken.Claim] = ["sub": .text("1"), "email": .text("ann@example.com"), "email_verified": .boolean(true)]
        return try SignedInIdentity(
            IDToken(claims: needed.merging(claims) { _, given in given }), groupsClaim: "groups", preferring: [])
    }

    /// A browser does not keep a longer cookie, and who has none is asked to sign in again, without an end.
    @Test(arguments: ["a", "é", "\"", "\u{1}", "e\u{301}\u{302}", "👩‍👩‍👧‍👦"])
    func aCookieHoldsWhateverAProviderSays(letter: String) throws {
        func text(_ bytes: Int) -> String { String(repeating: letter, count: bytes / letter.utf8.count) }
        let long = try identity([
            "sub": .text(String(repeating: "s", count: 255)), "email": .text(String(repeating: "e", count: 242) + "@example.com"),
            "name": .text(text(10_000)), "hd": .text(text(253)), "groups": .texts((0..<100).map { "\($0)" + text(90) }),
        ])
        #expect(long.name?.isEmpty == false && !long.groups.isEmpty)
        let cookies = SessionCookie(
            secrets: [String(repeating: "k", count: 32)], lifetime: SessionLifetime(idle: .seconds(3_600), maximum: .seconds(7_200)))
        let header = try cookies.opening(ReaderSession(of: long, at: Self.start), at: Self.start)
        #expect(header.utf8.count <= 4_096)
        let pair = String(header.prefix { $0 != ";" })
        let request = Request(
            head: HTTPRequest(method: .get, scheme: "http", authority: "test", path: "/", headerFields: [.cookie: pair]),
            body: RequestBody(buffer: ByteBuffer()))
        guard case .open(let session) = cookies.find(in: request, at: Self.start) else {
            Issue.record("The session is not open.")
            return
        }
        #expect(session.identity == long)
    }

    @Test func aDomainIsKeptWholeOrNotAtAll() throws {
        let longest = String(repeating: "a", count: 249) + ".com"
        #expect(try identity(["hd": .text("Example.COM")]).hostedDomain == "example.com")
        #expect(try identity(["hd": .text(longest)]).hostedDomain == longest)
        #expect(try identity(["hd": .text("a" + longest)]).hostedDomain == nil)
    }

    @Test func aSubjectThatHasNoRoomIsRefused() {
        #expect(throws: SignInRefusal.self) { try identity(["sub": .text(String(repeating: "\u{1}", count: 43))]) }
    }
}
