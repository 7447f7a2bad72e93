import Foundation

/// Who runs this command, as the audit and the list of keys name him.
enum CommandLineUser {
    static var name: String { "\(NSUserName())@\(ProcessInfo.processInfo.hostName) (command line)" }
}
