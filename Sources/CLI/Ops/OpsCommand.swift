import ArgumentParser

struct OpsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ops", abstract: "Look for what went wrong in an archive, and mend it.",
        discussion: "Example:  xmonitor ops future",
        subcommands: [FutureCommand.self])
}
