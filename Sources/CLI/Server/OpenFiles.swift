import Foundation

/// The limit of open files; every connection is one.
enum OpenFiles {
    /// Descriptors besides those of clients and pools: event loops, clients that are refused for want of room, logs, cancel requests.
    static let forTheServerItself = 100

    /// Raises it as far as the system lets us, and returns it.
    static func raiseLimit() -> Int {
        var limit = rlimit()
        guard getrlimit(fileLimit, &limit) == 0 else { return 256 }
        // A higher limit has no use, and some child processes iterate over every descriptor below it.
        let wanted = min(limit.rlim_max, 65_536)
        if limit.rlim_cur < wanted {
            var raised = limit
            raised.rlim_cur = wanted
            if setrlimit(fileLimit, &raised) == 0 { limit = raised }
        }
        return Int(min(limit.rlim_cur, 65_536))
    }

    #if os(Linux)
        private static let fileLimit = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let fileLimit = RLIMIT_NOFILE
    #endif
}
