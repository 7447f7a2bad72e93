import Testing

@testable import API

@Suite struct ReturnPathTests {
    @Test(arguments: ["/", "/?tier=teammate&q=a%20b", "/post/1?x=1#place", "/docs/"])
    func aPageOfOurOwnIsKept(path: String) {
        #expect(ReturnPath.own(path, publicURL: "https://feed.example") == path)
    }

    @Test(arguments: [
        "", "feed", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example",
        "javascript:alert(1)",
        "/\t/evil.example", "/a\nSet-Cookie: x=y", "/a b", "/é", "/v1/auth/sign-in", "/api/v1/auth/sign-in",
        "/" + String(repeating: "a", count: 2_000),
    ])
    func anythingElseIsTheFrontPage(path: String) {
        #expect(ReturnPath.own(path, publicURL: "https://feed.example") == "/")
        #expect(ReturnPath.own(path, publicURL: "https://feed.example/below") == "/below/")
    }

    @Test func belowAPathOnlyWhatIsBelowItIsOurs() {
        #expect(ReturnPath.own("/below/?q=1", publicURL: "https://feed.example/below") == "/below/?q=1")
        #expect(ReturnPath.own("/other/", publicURL: "https://feed.example/below") == "/below/")
        #expect(ReturnPath.own("/belowground/", publicURL: "https://feed.example/below") == "/below/")
    }

    @Test func theOutcomeIsAParameterBesideTheOthers() {
        func address(_ path: String, _ publicURL: String = "https://feed.example") -> String {
            ReturnPath.address(path, publicURL: publicURL, outcome: .failed)
        }
        #expect(address("/") == "https://feed.example/?sign_in=failed")
        #expect(address("/?q=1#x") == "https://feed.example/?q=1&sign_in=failed#x")
        #expect(address("/?sign_in=denied&q=1") == "https://feed.example/?q=1&sign_in=failed")
        #expect(address("/below/", "https://feed.example/below") == "https://feed.example/below/?sign_in=failed")
        #expect(ReturnPath.address("/?q=1", publicURL: "https://feed.example") == "https://feed.example/?q=1")
    }
}
