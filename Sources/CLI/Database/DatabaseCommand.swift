import ArgumentParser

struct DatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "database", abstract: "Make the database and its roles, as the administrator of a server.",
        discussion: "Example:  DATABASE_URL=postgresql://postgres@host/postgres xmonitor database bootstrap --plan",
        subcommands: [BootstrapCommand.self])
}
