#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// poll(2) on a socket and a wake pipe.
enum Poll {
    struct Ready {
        var socket: Int16 = 0
        var isWoken = false
        var isTimeout = false
    }

    static let reading = Int16(POLLIN)
    static let writing = Int16(POLLOUT)

    /// `timeout` in milliseconds, -1 for none; a negative descriptor is not looked at.
    static func wait(_ socket: Int32, _ events: Int16, _ pipe: Int32, timeout: Int32) -> Ready {
        withUnsafeTemporaryAllocation(of: pollfd.self, capacity: 2) { descriptors in
            descriptors.initializeElement(at: 0, to: pollfd(fd: socket, events: events, revents: 0))
            descriptors.initializeElement(at: 1, to: pollfd(fd: pipe, events: Int16(POLLIN), revents: 0))
            let count = poll(descriptors.baseAddress, 2, timeout)
            // A signal ended the wait: nothing is ready, and the caller comes back with what is left of its time.
            guard count >= 0 else { return Ready() }
            return Ready(
                socket: descriptors[0].revents, isWoken: descriptors[1].revents != 0, isTimeout: count == 0)
        }
    }
}
