import AWS
import Foundation
import Testing

@Suite("Objects in S3")
struct S3BucketTests {
    private static func bucket(_ address: String) throws -> S3Bucket {
        try S3Bucket(
            "feed-data",
            environment: [
                "AWS_REGION": "eu-central-1", "AWS_ENDPOINT_URL_S3": address, "AWS_ACCESS_KEY_ID": "ASIA",
                "AWS_SECRET_ACCESS_KEY": "planted-secret", "AWS_SESSION_TOKEN": "planted-token",
            ], http: .ofTests)
    }

    private static func withFile(_ body: (String) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await body(path)
    }

    @Test("Bytes come as they are, by a signed address")
    func bytes() async throws {
        try await LoopbackServer.with { _ in
            .text("{}")
        } _: { server in
            let bytes = try await Self.bucket(server.address).bytes("secrets/a b.json", maximum: 2)
            #expect(bytes == Array("{}".utf8))
            let request = try #require(server.requests.first)
            #expect(request.path == "/feed-data/secrets/a%20b.json")
            #expect(request.query.contains("X-Amz-Signature="))
            #expect(request.query.contains("X-Amz-Security-Token=planted-token"))
        }
    }

    @Test("No connection is used again: the program may have been frozen in between")
    func withoutReuse() async throws {
        try await LoopbackServer.with { _ in
            .text("{}")
        } _: { server in
            let bucket = try Self.bucket(server.address)
            for _ in 0..<3 { _ = try await bucket.bytes("x", maximum: 2) }
            #expect(server.connections == 3)
        }
    }

    @Test(
        "An endpoint that signatures would not fit is refused",
        arguments: ["http://127.0.0.1:9000/s3", "http://127.0.0.1:9000/?a=b", "127.0.0.1:9000", "https://u:p@127.0.0.1"])
    func senselessEndpoint(_ endpoint: String) {
        let error = #expect(throws: S3Error.self) { try Self.bucket(endpoint) }
        #expect(error?.description.contains("AWS_ENDPOINT_URL_S3") == true)
        #expect(error?.description.contains("u:p") == false)
    }

    @Test("An object larger than the bound is refused")
    func bound() async throws {
        try await LoopbackServer.with { _ in
            .text("{}\n")
        } _: { server in
            let error = await #expect(throws: S3Error.self) { try await Self.bucket(server.address).bytes("x", maximum: 2) }
            #expect(error?.reason == .tooLarge)
        }
    }

    @Test("A file is hashed while it is written, and is its owner's alone")
    func download() async throws {
        let content = (0..<3_000_000).map { UInt8(truncatingIfNeeded: ($0 &* 7) >> 3) }
        try await Self.withFile { path in
            try await LoopbackServer.with { _ in
                LoopbackServer.Reply(body: content)
            } _: { server in
                try Data("older".utf8).write(to: URL(fileURLWithPath: path))
                let (sha256, size) = try await Self.bucket(server.address).download("import/x.db", to: path)
                #expect(size == 3_000_000)
                #expect(sha256 == "145c92fa8ecfd9af047c510badef2e6aae5141c18eb01efd52657d894e8ffeb7")
                #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(content))
                let permissions = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                #expect(permissions == 0o600)
            }
        }
    }

    @Test("A download that breaks is tried again, and leaves no part when it never comes whole")
    func broken() async throws {
        let whole = LoopbackServer.Reply(body: Array("content".utf8))
        var broken = whole
        broken.breaksAfter = 3
        let replies = Replies([broken, whole, broken])
        try await Self.withFile { path in
            try await LoopbackServer.with { _ in
                replies.next()
            } _: { server in
                let bucket = try Self.bucket(server.address)
                #expect(try await bucket.download("x", to: path).size == 7)
                let error = await #expect(throws: S3Error.self) { try await bucket.download("x", to: path) }
                #expect(error?.reason == .unavailable)
                #expect(!FileManager.default.fileExists(atPath: path))
                #expect(server.requests.count == 5)
            }
        }
    }

    @Test("A disk without room for it says so before anything is fetched, and keeps no part")
    func noRoom() async throws {
        try await Self.withFile { path in
            try await LoopbackServer.with { _ in
                LoopbackServer.Reply(body: Array("content".utf8), breaksAfter: 7, claimedLength: 1 << 60)
            } _: { server in
                let error = await #expect(throws: S3Error.self) { try await Self.bucket(server.address).download("x", to: path) }
                #expect(error?.reason == .noSpace)
                #expect(error?.description.contains("s3://feed-data/x has 1152921504606846976 bytes") == true)
                #expect(!FileManager.default.fileExists(atPath: path))
                #expect(server.requests.count == 1)
            }
        }
    }

    @Test("A file that cannot be written is named")
    func unwritable() async throws {
        try await LoopbackServer.with { _ in
            .text("content")
        } _: { server in
            let error = await #expect(throws: S3Error.self) {
                try await Self.bucket(server.address).download("x", to: "/proc/nowhere")
            }
            #expect(error?.reason == .file)
            #expect(error?.description.contains("/proc/nowhere") == true)
        }
    }

    @Test("Bytes and files are stored")
    func put() async throws {
        try await Self.withFile { path in
            let content = Data((0..<700_000).map { UInt8(truncatingIfNeeded: $0) })
            try content.write(to: URL(fileURLWithPath: path))
            try await LoopbackServer.with { _ in
                LoopbackServer.Reply()
            } _: { server in
                let bucket = try Self.bucket(server.address)
                try await bucket.put(Array("{}".utf8), as: "results/1/result.json", type: "application/json")
                try await bucket.put(file: path, as: "results/1/report.json")
                #expect(server.requests.map(\.method) == ["PUT", "PUT"])
                #expect(server.requests[0].body == Array("{}".utf8))
                #expect(server.requests[0].headers["content-type"] == "application/json")
                #expect(server.requests[1].body == Array(content))
                #expect(server.requests[1].headers["content-length"] == "700000")
            }
            try FileManager.default.removeItem(atPath: path)
            let error = await #expect(throws: S3Error.self) { try await Self.bucket("http://127.0.0.1:1").put(file: path, as: "x") }
            #expect(error?.reason == .file)
        }
    }

    static let refusals: [(Int, String, S3Error.Reason)] = [
        (404, "<Error><Code>NoSuchKey</Code></Error>", .noSuchKey), (404, "", .noSuchKey),
        (404, "<Error><Code>NoSuchBucket</Code></Error>", .noSuchBucket),
        (403, "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>", .accessDenied), (403, "", .accessDenied),
        (403, "<Error><Code>SignatureDoesNotMatch</Code><AWSAccessKeyId>planted</AWSAccessKeyId></Error>", .accessDenied),
        (403, "<Error><Code>RequestTimeTooSkewed</Code></Error>", .clockSkew),
        (403, "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>", .clockSkew),
        (403, "<Error><Code>AccessDenied</Code><Message>Request is not yet valid</Message></Error>", .clockSkew),
        (400, "<Error><Code>ExpiredToken</Code><Token-0>planted</Token-0></Error>", .expiredToken),
        (301, "<Error><Code>PermanentRedirect</Code><Endpoint>x</Endpoint></Error>", .wrongRegion),
        (
            400,
            "<Error><Code>AuthorizationQueryParametersError</Code><Message>Error parsing the X-Amz-Credential parameter; the region 'a' is wrong</Message><Region>us-east-2</Region></Error>",
            .wrongRegion
        ),
        (400, "<Error><Code>InvalidArgument</Code></Error>", .refused), (400, "not XML at all \u{1}<Code>", .refused),
    ]

    @Test("An error says what it is, and is not tried again", arguments: refusals)
    func refused(_ status: Int, _ body: String, _ reason: S3Error.Reason) async throws {
        try await LoopbackServer.with { _ in
            .text(body, status: status)
        } _: { server in
            let error = await #expect(throws: S3Error.self) { try await Self.bucket(server.address).bytes("a/key", maximum: 9) }
            #expect(error?.reason == reason)
            #expect(error?.description.contains("s3://feed-data/a/key") == true)
            #expect(error?.description.contains("planted") == false)
            if body.contains("us-east-2") { #expect(error?.description.contains("but in us-east-2") == true) }
            #expect(server.requests.count == 1)
        }
    }

    @Test("Where S3 cannot serve now, it is asked again")
    func again() async throws {
        let replies = Replies([.text("<Error><Code>SlowDown</Code></Error>", status: 503), .text("x")])
        try await LoopbackServer.with { _ in
            replies.next()
        } _: { server in
            let bytes = try await Self.bucket(server.address).bytes("x", maximum: 9)
            #expect(bytes == Array("x".utf8))
        }
    }

    @Test("Where nobody listens, the error names the address, and no secret")
    func unreachable() async throws {
        let error = await #expect(throws: S3Error.self) { try await Self.bucket("http://127.0.0.1:1").bytes("x", maximum: 9) }
        #expect(error?.reason == .unavailable)
        #expect(error?.description.contains("http://127.0.0.1:1 cannot be reached") == true)
        #expect(error?.description.contains("planted") == false)
        #expect(error?.description.contains("X-Amz") == false)
    }

    @Test("Without a region or credentials there is no bucket")
    func senselessSettings() {
        let noRegion = #expect(throws: S3Error.self) { try S3Bucket("x", environment: [:], http: .ofTests) }
        #expect(noRegion?.description.contains("AWS_REGION") == true)
        let nobody = #expect(throws: S3Error.self) { try S3Bucket("x", environment: ["AWS_REGION": "a"], http: .ofTests) }
        #expect(nobody?.reason == .noCredentials)
    }
}
