import ArgumentParser

/// What a command is told of its settings by flags.
struct SettingFlags: Sendable {
    struct Flag: Sendable {
        /// As it is typed.
        let flag: String
        let variable: String
        let value: String
    }

    var flags: [Flag] = []
    /// The file of settings in place of `.env`.
    var file: String?
}

/// Of every command that has settings.
struct SettingsFileOption: ParsableArguments {
    @Option(help: ArgumentHelp("A file of settings in place of .env. All settings: see xmonitor config.", valueName: "file"))
    var envFile: String?

    func load() async throws -> Settings { try await Settings.load(SettingFlags(file: envFile)) }
}

/// Of every command that talks to the database.
struct DatabaseOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A file that holds the address of the database, as DATABASE_URL_FILE.", valueName: "file"))
    var databaseUrlFile: String?
    @OptionGroup var file: SettingsFileOption

    var flags: SettingFlags {
        let flag = databaseUrlFile.map {
            SettingFlags.Flag(flag: "--database-url-file", variable: Setting.databaseURL.fileVariable, value: $0)
        }
        return SettingFlags(flags: [flag].compactMap { $0 }, file: file.envFile)
    }

    func load() async throws -> Settings { try await Settings.load(flags) }
}

/// Of a command that serves.
struct ListeningOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The address to listen on, as XMONITOR_HOST.", valueName: "address")) var host: String?
    @Option(help: "The port to listen on, as XMONITOR_PORT; 0 takes a free one.") var port: String?
    @OptionGroup var database: DatabaseOptions

    var flags: SettingFlags {
        var all = database.flags
        if let host { all.flags.append(.init(flag: "--host", variable: Setting.host.name, value: host)) }
        if let port { all.flags.append(.init(flag: "--port", variable: Setting.port.name, value: port)) }
        return all
    }

    func load() async throws -> Settings { try await Settings.load(flags) }
}
