import Foundation

/// The settings in effect: flags first, then the environment, then a file, then what holds without any.
struct Settings: Sendable {
    private var values: [String: SettingValue] = [:]
    /// Those that come from elsewhere.
    private(set) var secrets: [String: String] = [:]
    private var object: SecretsObject?
    /// The path of the file of settings; nil without one.
    private(set) var file: String?

    private static let fileName = ".env"

    /// Reads and checks all that is set, and the secrets that `XMONITOR_SECRETS` names.
    ///
    /// - Throws: `Failure` with every variable at fault.
    static func load(_ flags: SettingFlags = SettingFlags()) async throws -> Settings {
        let (settings, faults) = await read(flags)
        guard faults.isEmpty else { throw Failure(faults: faults) }
        return settings
    }

    /// The same, with what is wrong beside what could be read.
    static func read(_ flags: SettingFlags) async -> (Settings, faults: [String]) {
        var faults: [String] = []
        var file: SettingsFile?
        do { file = try SettingsFile.read(flags.file ?? fileName) } catch { faults.append(Exit.sentence(for: error)) }
        if let path = flags.file, file == nil, faults.isEmpty {
            faults.append("There is no file \(path), which --env-file names.")
        }
        var settings = Settings(flags: flags.flags, environment: ProcessInfo.processInfo.environment, file: file, &faults)
        guard faults.isEmpty else { return (settings, faults) }
        do {
            if let object = try settings.secretsObject() { settings = try settings.replacing(secrets: await object.read(), from: object) }
        } catch { faults.append(Exit.sentence(for: error)) }
        return (settings, faults)
    }

    init(flags: [SettingFlags.Flag] = [], environment: [String: String], file: SettingsFile? = nil, _ faults: inout [String]) {
        self.file = file?.path
        faults += file?.faults ?? []
        faults += Self.unknown(environment, file)
        let layers = [SettingLayer(flags: flags), SettingLayer(environment: environment)] + (file.map { [SettingLayer($0)] } ?? [])
        for setting in Setting.all {
            do {
                let value = try layers.first { $0.mentions(setting) }?.value(of: setting)
                try Self.check(value?.text, of: setting)
                values[setting.name] = value
            } catch { faults.append(Exit.sentence(for: error)) }
        }
    }

    /// A fault for each variable that is no setting. libpq reads its own from the environment alone.
    private static func unknown(_ environment: [String: String], _ file: SettingsFile?) -> [String] {
        let inFile = (file?.entries ?? []).compactMap { entry -> String? in
            let place = "\(file?.path ?? ""):\(entry.line)"
            if entry.name.wholeMatch(of: /PG[A-Z_]+/) != nil {
                return "\(place) sets \(entry.name), which libpq reads from the environment alone. Set DATABASE_URL in place of it."
            }
            return SettingNames.isUnknown(entry.name) ? SettingNames.fault(entry.name, at: place) : nil
        }
        return inFile + environment.keys.sorted().filter(SettingNames.isUnknown).map { SettingNames.fault($0, at: nil) }
    }

    /// What no setting can mean. The value is not shown: it may be a secret, or hold the secrets of the lines behind it.
    private static func check(_ value: String?, of setting: Setting) throws {
        guard let value else { return }
        guard !value.unicodeScalars.contains(where: SettingsLine.isControl) else {
            throw Failure("\(setting.name) holds a line break or another control character. A value is one line.")
        }
        guard !value.contains(#/(XMONITOR_|DATABASE_URL)\w*[=:]/#) else {
            throw Failure("\(setting.name) holds the name of a setting and what follows one. Is a line break missing?")
        }
        guard !setting.isSecret || value.contains(where: { !$0.isWhitespace }) else {
            throw Failure("\(setting.name) is nothing but white space. Set it to a value, or unset it.")
        }
    }

    /// The same with these secrets in place of those that came from elsewhere before.
    ///
    /// - Throws: `Failure` for one that is set here too, and for what no setting can mean.
    func replacing(secrets: [String: String], from object: SecretsObject) throws -> Settings {
        for setting in Setting.all {
            guard let secret = secrets[setting.name] else { continue }
            guard values[setting.name] == nil else {
                throw Failure("Both \(setting.name) and its member in \(object) are set. Unset one of them.")
            }
            try Self.check(secret, of: setting)
        }
        var settings = self
        (settings.secrets, settings.object) = (secrets, object)
        return settings
    }

    /// The value of `setting`, nil when it has none.
    func optional(_ setting: Setting) -> String? {
        values[setting.name]?.text ?? secrets[setting.name] ?? setting.standard
    }

    func text(_ setting: Setting) -> String { optional(setting) ?? "" }

    /// Where the value of `setting` comes from; nil when it has none.
    func source(_ setting: Setting) -> SettingSource? {
        if let value = values[setting.name] { return value.source }
        if secrets[setting.name] != nil { return object.map { .object("\($0)") } }
        return setting.standard.map { _ in .standard }
    }
}
