import ArgumentParser

struct OpsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ops", abstract: "Mend an archive, and remove what may not be in it.",
        discussion: "Example:  xmonitor ops future",
        subcommands: [
            FutureCommand.self, PurgeCommand.self, BlockedCommand.self, UnblockCommand.self, EraseCommand.self, ErasedCommand.self,
            ReadmitCommand.self,
        ])
}
