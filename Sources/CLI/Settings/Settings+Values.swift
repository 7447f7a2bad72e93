/// What a setting has to be, apart from others.
enum SettingForm: Sendable {
    case text
    case integer(ClosedRange<Int>)
    /// `true` or `false`.
    case boolean

    static func seconds(_ range: ClosedRange<Int> = 1...3_600) -> SettingForm { .integer(range) }
}

extension Settings {
    /// - Throws: `Failure` when the value is no integer in the range of the setting.
    func integer(_ setting: Setting) throws -> Int {
        guard case .integer(let range) = setting.form, let value = Int(text(setting)), range.contains(value) else {
            var bounds = ""
            if case .integer(let range) = setting.form { bounds = " from \(range.lowerBound) to \(range.upperBound)" }
            throw Failure("\(named(setting)) \(Self.shown(text(setting))); it has to be an integer\(bounds).")
        }
        return value
    }

    /// - Throws: `Failure` when the value is not `true` or `false`.
    func boolean(_ setting: Setting) throws -> Bool {
        guard let value = Bool(text(setting)) else {
            throw Failure("\(named(setting)) \(Self.shown(text(setting))); it has to be true or false.")
        }
        return value
    }

    /// - Throws: `Failure` when the value is no number of seconds in the range of the setting.
    func seconds(_ setting: Setting) throws -> Duration { .seconds(try integer(setting)) }

    /// What is wrong with the value of `setting` by itself.
    func check(_ setting: Setting) throws {
        guard optional(setting) != nil else { return }
        switch setting.form {
        case .text: break
        case .integer: _ = try integer(setting)
        case .boolean: _ = try boolean(setting)
        }
    }

    /// The name of `setting`, and where it is set.
    func named(_ setting: Setting) -> String {
        guard let source = source(setting) else { return setting.name }
        if case .standard = source { return setting.name }
        return "\(setting.name) (\(source))"
    }

    /// What a value is, for the message that refuses it. One that may be a secret in the wrong place is not shown: one as long as a key, or
    /// with an @, as behind a password.
    static func shown(_ value: String) -> String {
        if value.contains("@") { return "holds an @, as before a password, and is not shown" }
        guard value.utf8.count < leastKeyBytes || value.hasPrefix("http://") || value.hasPrefix("https://") else {
            return "is something else, and too long to be shown"
        }
        return "is \"\(value)\""
    }
}
