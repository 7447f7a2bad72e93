import AWS
import JSON

/// A JSON object in S3 that holds secret settings.
struct SecretsObject: Sendable, CustomStringConvertible {
    let bucket: String
    let key: String

    /// More than any set of secrets has.
    private static let maximumBytes = 256 << 10

    /// - Parameter address: `s3://BUCKET/KEY`.
    /// - Throws: `Failure` for another text.
    init(_ address: String) throws {
        guard let parts = address.wholeMatch(of: /s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/([^\/?#][^?#]*)/) else {
            throw Failure("\(Setting.secrets.name) is no address of an object; it has to be like s3://BUCKET/secrets/xmonitor.json.")
        }
        (bucket, key) = (String(parts.1), String(parts.2))
    }

    var description: String { "s3://\(bucket)/\(key)" }

    /// - Throws: `Failure` when it is not reached, or holds something else.
    func read() async throws -> [String: String] {
        do { return try secrets(in: await RoleOfProcess.bucket(bucket).bytes(key, maximum: Self.maximumBytes)) } catch let error as S3Error
        {
            throw Failure("The secrets of \(Setting.secrets.name) cannot be read: \(error)")
        }
    }

    /// The settings that `bytes` have. No error shows a value, nor a name that is none of a setting: it may be a secret in the wrong place.
    func secrets(in bytes: [UInt8]) throws -> [String: String] {
        guard case .object(let object)? = try? JSONReader.read(bytes) else {
            throw Failure("\(self) is no JSON object. Write it as {\"\(Setting.cursorKey.name)\": \"…\"}.")
        }
        var secrets: [String: String] = [:]
        for (place, member) in object.members.enumerated() {
            guard let setting = Setting.all.first(where: { $0.name == member.name }) else {
                throw Failure("Member \(place + 1) of \(self) is named after no setting. `xmonitor config` lists them.")
            }
            guard setting.isSecret else { throw Failure("\(self) has \(setting.name), which is no secret. Set it in the environment.") }
            guard case .string(let text) = member.value else {
                throw Failure("\(setting.name) in \(self) is \(member.value.kind); it has to be a string.")
            }
            secrets[setting.name] = text
        }
        return secrets
    }
}

extension Settings {
    /// The object that has further secrets; nil when none is named.
    ///
    /// - Throws: `Failure` for an address that names none.
    func secretsObject() throws -> SecretsObject? { try optional(.secrets).map(SecretsObject.init) }
}
