#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Starts operating system threads: outside of Swift's cooperative pool, where code may block.
enum NativeThread {
    /// Decoders and transaction bodies run on these stacks; macOS gives secondary threads only 512 KiB by itself.
    private static let stackSize = 4 << 20

    /// Runs `body` on a new detached thread; false when the system has no more threads to give.
    static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        var attributes = pthread_attr_t()
        guard pthread_attr_init(&attributes) == 0 else { return false }
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, stackSize)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let retained = Unmanaged.passRetained(ThreadBody(body))
        #if canImport(Darwin)
            var thread: pthread_t?
            let result = pthread_create(&thread, &attributes, entry, retained.toOpaque())
        #else
            var thread = pthread_t()
            let result = pthread_create(&thread, &attributes, entry, retained.toOpaque())
        #endif
        if result != 0 { retained.release() }
        return result == 0
    }
}

private func run(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
    return nil
}

#if canImport(Darwin)
    private let entry: @convention(c) @Sendable (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = { run($0) }
#else
    private let entry: @convention(c) @Sendable (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
        argument.flatMap { run($0) }
    }
#endif
