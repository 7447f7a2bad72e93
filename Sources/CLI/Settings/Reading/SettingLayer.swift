/// Variables from one place, by their names.
struct SettingLayer: Sendable {
    private let variables: [String: Variable]

    private struct Variable: Sendable {
        let text: String
        let source: SettingSource
    }

    private init(_ variables: [(name: String, Variable)]) {
        self.variables = Dictionary(variables.map { ($0.name, $0.1) }, uniquingKeysWith: { first, _ in first })
    }

    /// - Parameter flags: by the name of the variable, with their own.
    init(flags: [SettingFlags.Flag]) { self.init(flags.map { ($0.variable, Variable(text: $0.value, source: .flag($0.flag))) }) }

    init(environment: [String: String]) { self.init(environment.map { ($0, Variable(text: $1, source: .environment)) }) }

    init(_ file: SettingsFile) {
        self.init(file.entries.map { ($0.name, Variable(text: $0.value, source: .line($0.line, of: file.path))) })
    }

    /// Whether it says anything of `setting`; then layers behind it say nothing.
    func mentions(_ setting: Setting) -> Bool {
        variables[setting.name] != nil || (setting.isSecret && variables[setting.fileVariable] != nil)
    }

    /// The value of `setting`, if need be from the file that is named for it; nil when that is empty.
    ///
    /// - Throws: `Failure` for a file that has no secret, and where both are set.
    func value(of setting: Setting) throws -> SettingValue? {
        let value = variables[setting.name].flatMap { setting.mayBeEmpty || !$0.text.isEmpty ? $0 : nil }
        guard setting.isSecret, let file = variables[setting.fileVariable], !file.text.isEmpty else {
            return value.map { SettingValue(text: $0.text, source: $0.source) }
        }
        guard value == nil else { throw Failure("Both \(setting.name) and \(setting.fileVariable) are set. Unset one of them.") }
        let secret = try SecretFile(variable: "\(setting.fileVariable) (\(file.source))", path: file.text).read()
        return SettingValue(text: secret, source: .secretFile(file.text, namedBy: "\(file.source)"))
    }
}

/// What a setting is, and who says so.
struct SettingValue: Sendable {
    let text: String
    let source: SettingSource
}

/// Where the value of a setting comes from.
enum SettingSource: Sendable, CustomStringConvertible {
    case flag(String)
    case environment
    case line(Int, of: String)
    case secretFile(String, namedBy: String)
    /// The address of an object with secrets.
    case object(String)
    case standard

    /// `.env:3`, for instance.
    var description: String {
        switch self {
        case .flag(let name): name
        case .environment: "environment"
        case .line(let number, let path): "\(path):\(number)"
        case .secretFile(let path, let namedBy): "file \(path), named by \(namedBy)"
        case .object(let address): address
        case .standard: "default"
        }
    }
}
