import AWS
import Testing

@Suite("Requests and answers of HTTP as events")
struct HTTPEventTests {
    private static func event(_ members: String, domain: String = "x.execute-api.us-east-1.amazonaws.com") throws -> HTTPEvent {
        let text = """
            {"version": "2.0", "requestContext": {"domainName": "\(domain)", "http": {"method": "GET"}}, \(members)}
            """
        return try HTTPEvent(Array(text.utf8))
    }

    @Test(
        "A path that the gateway has decoded is escaped again",
        arguments: [
            ("/v1/feed", "/v1/feed"), ("/v1/posts/a b", "/v1/posts/a%20b"), ("/v1/100%", "/v1/100%25"), ("/a%20b", "/a%2520b"),
            ("/ü?#", "/%C3%BC%3F%23"), ("/\\u0000", "/%00"), ("/!$&'()*+,;=:@-._~", "/!$&'()*+,;=:@-._~"), ("", "/"),
        ])
    func gatewayPath(_ raw: String, _ target: String) throws {
        #expect(try Self.event("\"rawPath\": \"\(raw)\"").target == target)
    }

    @Test("A path that a function URL passes on is left as it is", arguments: [("/a%20b", "/a%20b"), ("/%zz", "/%zz"), ("/ü", "/%C3%BC")])
    func functionPath(_ raw: String, _ target: String) throws {
        let event = try Self.event("\"rawPath\": \"\(raw)\"", domain: "x.lambda-url.us-east-1.on.aws")
        #expect(event.target == target)
        #expect(event.isStreamed)
    }

    @Test("A request that a gateway passes on is given up before the gateway does; a function URL waits")
    func deadline() throws {
        let now = ContinuousClock.now
        let (long, short) = (
            Invocation(requestID: "1", deadline: now + .seconds(180), payload: []),
            Invocation(requestID: "1", deadline: now + .seconds(5), payload: [])
        )
        let gateway = try Self.event("\"rawPath\": \"/\"")
        let url = try Self.event("\"rawPath\": \"/\"", domain: "x.lambda-url.us-east-1.on.aws")
        #expect(gateway.limiting(long, at: now).deadline == now + .seconds(28))
        #expect(gateway.limiting(short, at: now).deadline == short.deadline)
        #expect(url.limiting(long, at: now).deadline == long.deadline)
    }

    @Test("The query is left as it is")
    func query() throws {
        #expect(try Self.event("\"rawPath\": \"/a\", \"rawQueryString\": \"q=%zz&q=+&x\"").target == "/a?q=%zz&q=+&x")
        #expect(try Self.event("\"rawPath\": \"/a\", \"rawQueryString\": \"\"").target == "/a")
    }

    @Test("Cookies are one header")
    func cookies() throws {
        let event = try Self.event("\"headers\": {\"Accept\": \"a,b\", \"cookie\": \"old\"}, \"cookies\": [\"a=1\", \"b=2\"]")
        #expect(event.headers.map(\.name) == ["accept", "cookie"])
        #expect(event.headers.map(\.value) == ["a,b", "a=1; b=2"])
    }

    @Test("A body is text or Base64")
    func bodies() throws {
        #expect(try Self.event("\"body\": \"ü\"").body == Array("ü".utf8))
        #expect(try Self.event("\"body\": \"AP8=\", \"isBase64Encoded\": true").body == [0, 255])
        #expect(throws: InvocationError.self) { try Self.event("\"body\": \"?\", \"isBase64Encoded\": true") }
    }

    @Test(
        "What is no request of HTTP is an error with its reason",
        arguments: ["{}", "{\"id\": \"1\", \"command\": []}", "{\"version\": \"2.0\"}", "[]"])
    func others(_ text: String) throws {
        let error = #expect(throws: InvocationError.self) { try HTTPEvent(Array(text.utf8)) }
        #expect(error?.type == "Event.NotHTTP")
        #expect(throws: InvocationError.self) { try HTTPEvent(Array("no JSON".utf8)) }
    }

    private static func written(_ answer: HTTPAnswer, _ body: [UInt8]) -> String {
        String(decoding: answer.json(body), as: UTF8.self)
    }

    @Test("Cookies are apart, other headers joined, and those of a connection are left out")
    func headers() {
        let answer = HTTPAnswer(
            status: 200,
            headers: [
                ("Set-Cookie", "a=1; Path=/"), ("Vary", "Cookie"), ("vary", "Accept-Encoding"), ("Set-Cookie", "b=2"),
                ("Connection", "close"),
                ("Transfer-Encoding", "chunked"),
            ])
        #expect(
            Self.written(answer, Array("x".utf8)) == """
                {"statusCode":200,"headers":{"vary":"Cookie, Accept-Encoding"},"cookies":["a=1; Path=/","b=2"],"isBase64Encoded":false,"body":"x"}
                """)
    }

    @Test("What is no text, or is packed, goes as Base64")
    func base64() {
        #expect(Self.written(HTTPAnswer(status: 200, headers: []), [0xFF]).hasSuffix("\"isBase64Encoded\":true,\"body\":\"/w==\"}"))
        let packed = HTTPAnswer(status: 200, headers: [("content-encoding", "gzip")])
        #expect(Self.written(packed, Array("a".utf8)).hasSuffix("\"isBase64Encoded\":true,\"body\":\"YQ==\"}"))
        #expect(Self.written(HTTPAnswer(status: 204, headers: []), []).hasSuffix("\"isBase64Encoded\":false,\"body\":\"\"}"))
    }
}
