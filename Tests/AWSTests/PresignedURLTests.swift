import Testing

@testable import AWS

/// The addresses were made with botocore 1.40.0 (`SigV4QueryAuth` and `S3SigV4QueryAuth`) at 2026-11-30T15:04:05Z.
@Suite("Signed addresses")
struct PresignedURLTests {
    static let now = SigningTime(secondsSinceEpoch: 1_796_051_045)
    static let role = AWSCredentials(
        accessKeyID: "ASIAEXAMPLE", secretAccessKey: "wJalr/XUtn+FEMI/K7MDENG=",
        sessionToken: "IQoJb3JpZ2luX2VjE//8aCXVz+LWVhc3Q==/+=end")
    static let user = AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
    static let token = "X-Amz-Security-Token=IQoJb3JpZ2luX2VjE%2F%2F8aCXVz%2BLWVhc3Q%3D%3D%2F%2B%3Dend"

    static func usual(_ scope: String, lifetime: Int, signature: String) -> String {
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=\(scope)%2Faws4_request&X-Amz-Date=20261130T150405Z&X-Amz-Expires=\(lifetime)"
            + "&X-Amz-SignedHeaders=host&X-Amz-Signature=\(signature)"
    }

    /// What stands before the query, and the parameters: their order says nothing.
    static func parsed(_ address: String) -> [String] {
        let parts = address.split(separator: "?", maxSplits: 1).map(String.init)
        return [parts[0]] + parts[1].split(separator: "&").map(String.init).sorted()
    }

    @Test("A login of a role at the database is what botocore makes")
    func tokenOfRole() {
        let token = DatabaseToken.make(
            host: "db.example.eu-central-1.rds.amazonaws.com", port: 5432, user: "xmonitor_api", region: "eu-central-1",
            credentials: Self.role, at: Self.now)
        let expected =
            "db.example.eu-central-1.rds.amazonaws.com:5432/?Action=connect&DBUser=xmonitor_api&\(Self.token)&"
            + Self.usual(
                "ASIAEXAMPLE%2F20261130%2Feu-central-1%2Frds-db", lifetime: 900,
                signature: "06ec51550d5a8d59701be3a3a744795656036b102bc01fc621b4ee880da3fa3e")
        #expect(Self.parsed(token) == Self.parsed(expected))
    }

    @Test("A name of a login may have any letters")
    func tokenOfUser() {
        let token = DatabaseToken.make(
            host: "db.example.us-east-1.rds.amazonaws.com", port: 6543, user: "лента über=&+ ~x", region: "us-east-1",
            credentials: Self.user, at: Self.now)
        let expected =
            "db.example.us-east-1.rds.amazonaws.com:6543/?Action=connect"
            + "&DBUser=%D0%BB%D0%B5%D0%BD%D1%82%D0%B0%20%C3%BCber%3D%26%2B%20~x&"
            + Self.usual(
                "AKIDEXAMPLE%2F20261130%2Fus-east-1%2Frds-db", lifetime: 900,
                signature: "cb73540348ffbb4ca6814347957e64cdd3efc472913a048b85ac12f8351c72ac")
        #expect(Self.parsed(token) == Self.parsed(expected))
    }

    @Test("The name of an object may have any letters")
    func object() {
        let location = S3Location(bucket: "feed-data", region: "eu-central-1")
        let address = location.presigned("GET", "import/лента 1+2=3&~x.db").text(Self.role, at: Self.now)
        let expected =
            "https://feed-data.s3.eu-central-1.amazonaws.com/import/%D0%BB%D0%B5%D0%BD%D1%82%D0%B0%201%2B2%3D3%26~x.db?\(Self.token)&"
            + Self.usual(
                "ASIAEXAMPLE%2F20261130%2Feu-central-1%2Fs3", lifetime: 300,
                signature: "877b22cc688d538d2ca5c1cf5f41b067d8b06a26c1fc3ef05f81d4d1ac58d7cf")
        #expect(Self.parsed(address) == Self.parsed(expected))
    }

    @Test("At an endpoint of its own a bucket is the first part of the path")
    func endpoint() {
        let location = S3Location(bucket: "feed-data", region: "us-east-1", endpoint: "http://127.0.0.1:9000/")
        var request = location.presigned("PUT", "results/a b/ü.json")
        request.lifetime = 60
        let expected =
            "http://127.0.0.1:9000/feed-data/results/a%20b/%C3%BC.json?"
            + Self.usual(
                "AKIDEXAMPLE%2F20261130%2Fus-east-1%2Fs3", lifetime: 60,
                signature: "a2cd71f49b6d02c19287e2a194584bf1bb3fdfed59a2cd1761c24b745ce7907b")
        #expect(Self.parsed(request.text(Self.user, at: Self.now)) == Self.parsed(expected))
    }

    @Test("A bucket with a dot in its name is no part of the host: the certificate would not fit")
    func dottedBucket() {
        let location = S3Location(bucket: "feed.data", region: "us-east-1")
        let expected =
            "https://s3.us-east-1.amazonaws.com/feed.data/secrets//x.json?\(Self.token)&"
            + Self.usual(
                "ASIAEXAMPLE%2F20261130%2Fus-east-1%2Fs3", lifetime: 300,
                signature: "124f3f4cda9183e8a622633fa1bd54bc1e1ab114142ec681ef2ae49f7fd2e48d")
        #expect(Self.parsed(location.presigned("GET", "secrets//x.json").text(Self.role, at: Self.now)) == Self.parsed(expected))
        #expect(S3Location(bucket: "feed", region: "cn-north-1").origin == "https://feed.s3.cn-north-1.amazonaws.com.cn")
    }

    @Test(
        "A moment is read as it is written",
        arguments: [
            ("2026-11-30T15:04:05Z", "20261130T150405Z"), ("2024-02-29T00:00:00.123Z", "20240229T000000Z"),
            ("1970-01-01T00:00:00Z", "19700101T000000Z"),
        ])
    func moments(_ read: String, _ written: String) {
        #expect(SigningTime(iso8601: read)?.text == written)
    }

    @Test("What is no moment is not read as one", arguments: ["", "soon", "2026-11-30", "2026-11-30T15:04:05+01:00", "Z"])
    func noMoment(_ text: String) {
        #expect(SigningTime(iso8601: text) == nil)
    }
}
