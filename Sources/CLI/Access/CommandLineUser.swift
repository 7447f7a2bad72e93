import Foundation

/// The user who runs this command, as the audit and the list of keys show it.
enum CommandLineUser {
    static var name: String { "\(NSUserName())@\(ProcessInfo.processInfo.hostName) (command line)" }
}
