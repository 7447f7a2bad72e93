import Foundation

/// The program that runs.
enum ThisProgram {
    /// The file itself, however it was found and whatever links led to it.
    static let path = (Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])).resolvingSymlinksInPath().path

    /// The folder that it lies in.
    static let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
}
