import Testing

@testable import CLI

@Suite struct SecretsObjectTests {
    private static let object = try? SecretsObject("s3://the-bucket/secrets/xmonitor.json")

    private func message(_ body: () throws -> some Any) -> String {
        do {
            _ = try body()
            return ""
        } catch {
            return (error as? Failure)?.message ?? "\(error)"
        }
    }

    @Test func anAddressNamesABucketAndAKey() throws {
        let object = try #require(Self.object)
        #expect(
            [object.bucket, object.key, "\(object)"] == ["the-bucket", "secrets/xmonitor.json", "s3://the-bucket/secrets/xmonitor.json"])
    }

    @Test(arguments: [
        "", "s3://", "s3://bucket", "s3://bucket/", "s3://Bucket/key", "https://bucket/key", "s3://bucket//key", "s3://b/k",
        "s3://bucket/k?x=1",
    ])
    func anotherAddressIsRefused(_ address: String) { #expect(message { try SecretsObject(address) }.contains("XMONITOR_SECRETS")) }

    @Test func secretSettingsAreRead() throws {
        let object = try #require(Self.object)
        let json = #"{"XMONITOR_CURSOR_KEY": "c\u0041", "XMONITOR_INGEST_KEYS": "a=b"}"#
        #expect(try object.secrets(in: Array(json.utf8)) == ["XMONITOR_CURSOR_KEY": "cA", "XMONITOR_INGEST_KEYS": "a=b"])
        #expect(try object.secrets(in: Array("{}".utf8)).isEmpty)
    }

    @Test(arguments: [
        (#"["hunter2"]"#, "is no JSON object"), (#"{"XMONITOR_CURSOR_KEY": "hunter2""#, "is no JSON object"),
        ("hunter2", "is no JSON object"),
        ("", "is no JSON object"), (#"{"XMONITOR_CURSOR_KEY": "x", "hunter2": "y"}"#, "Member 2"),
        (#"{"XMONITOR_PORT": "80"}"#, "XMONITOR_PORT"),
        (#"{"XMONITOR_SECRETS": "hunter2"}"#, "XMONITOR_SECRETS"), (#"{"XMONITOR_API_KEY": 12345678}"#, "XMONITOR_API_KEY"),
        (#"{"XMONITOR_API_KEY": ["hunter2"]}"#, "an array"), (#"{"XMONITOR_API_KEY": null}"#, "null"),
        (#"{"XMONITOR_API_KEY": "hunter2", "XMONITOR_API_KEY": "hunter2"}"#, "is no JSON object"),
    ])
    func anythingElseIsRefusedWithoutItsValue(json: String, says: String) throws {
        let object = try #require(Self.object)
        let said = message { try object.secrets(in: Array(json.utf8)) }
        #expect(said.contains(says) && said.contains("s3://the-bucket/secrets/xmonitor.json"))
        #expect(!said.contains("hunter2") && !said.contains("12345678"))
    }
}
