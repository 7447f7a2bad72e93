import Configuration
import Foundation
import SystemPackage

/// The settings in effect: the environment first, then a file named `.env`, then what holds without either.
struct Settings: Sendable {
    private let values: [String: String]
    /// Those that come from elsewhere.
    private(set) var secrets: [String: String] = [:]

    /// Reads and checks the environment, and the secrets that `XMONITOR_SECRETS` names.
    ///
    /// - Throws: `Failure` naming the variable at fault.
    static func load() async throws -> Settings {
        let settings = try await ofEnvironment()
        guard let object = try settings.secretsObject() else { return settings }
        return try settings.replacing(secrets: await object.read(), from: object)
    }

    private static func ofEnvironment() async throws -> Settings {
        let file: EnvironmentVariablesProvider
        do {
            file = try await EnvironmentVariablesProvider(environmentFilePath: ".env", allowMissing: true)
        } catch {
            throw Failure("The file .env cannot be read: \(error). Mend or remove it.")
        }
        return try Settings(ConfigReader(providers: [EnvironmentVariablesProvider(), file]))
    }

    init(_ reader: ConfigReader) throws {
        func read(_ name: String, isSecret: Bool) -> String? {
            let key = ConfigKey(name.lowercased().split(separator: "_").map(String.init))
            return reader.string(forKey: key, isSecret: isSecret)
        }
        var values: [String: String] = [:]
        for setting in Setting.all {
            let value = read(setting.name, isSecret: setting.isSecret)
            // Empty is as good as not there, unless it means something.
            values[setting.name] = value?.isEmpty == true && !setting.mayBeEmpty ? nil : value
            if setting.isSecret, let path = read(setting.name + "_FILE", isSecret: false), !path.isEmpty {
                guard values[setting.name] == nil else {
                    throw Failure("Both \(setting.name) and \(setting.name)_FILE are set. Unset one of them.")
                }
                values[setting.name] = try SecretFile(variable: setting.name + "_FILE", path: path).read()
            }
            try Self.check(values[setting.name], of: setting)
        }
        self.values = values
    }

    /// What no setting can mean. The value is not shown: it may be a secret, or hold the secrets of the lines behind it.
    private static func check(_ value: String?, of setting: Setting) throws {
        guard let value else { return }
        guard !value.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            throw Failure(
                "\(setting.name) holds a line break or another control character. A value is one line; a file named .env ends its lines with LF alone, not with CR and LF."
            )
        }
        guard !setting.isSecret || value.contains(where: { !$0.isWhitespace }) else {
            throw Failure("\(setting.name) is nothing but white space. Set it to a value, or unset it.")
        }
    }

    /// The same with these secrets in place of those that came from elsewhere before.
    ///
    /// - Throws: `Failure` for one that the environment has too, and for what no setting can mean.
    func replacing(secrets: [String: String], from object: SecretsObject) throws -> Settings {
        for setting in Setting.all {
            guard let secret = secrets[setting.name] else { continue }
            guard values[setting.name] == nil else {
                throw Failure("Both \(setting.name) and its member in \(object) are set. Unset one of them.")
            }
            try Self.check(secret, of: setting)
        }
        var settings = self
        settings.secrets = secrets
        return settings
    }

    /// The value of `setting`, nil when it has none.
    func optional(_ setting: Setting) -> String? {
        values[setting.name] ?? secrets[setting.name] ?? setting.standard
    }

    func text(_ setting: Setting) -> String { optional(setting) ?? "" }

    /// - Throws: `Failure` when the value is not an integer in `range`.
    func integer(_ setting: Setting, _ range: ClosedRange<Int>) throws -> Int {
        guard let value = Int(text(setting)), range.contains(value) else {
            throw Failure(
                "\(setting.name) is \"\(text(setting))\"; it has to be an integer from \(range.lowerBound) to \(range.upperBound).")
        }
        return value
    }

    /// - Throws: `Failure` when the value is not `true` or `false`.
    func boolean(_ setting: Setting) throws -> Bool {
        guard let value = Bool(text(setting)) else {
            throw Failure("\(setting.name) is \"\(text(setting))\"; it has to be true or false.")
        }
        return value
    }

    /// - Throws: `Failure` when the value is no number of seconds from 1 to `most`, an hour.
    func seconds(_ setting: Setting, most: Int = 3_600) throws -> Duration {
        .seconds(try integer(setting, 1...most))
    }

    /// Each setting with what is in effect; secrets only say whether they are set.
    var shown: [(setting: Setting, value: String?)] {
        Setting.all.map { setting in
            let value = optional(setting)
            return (setting, setting.isSecret ? value.map { _ in "(set, not shown)" } : value)
        }
    }
}
