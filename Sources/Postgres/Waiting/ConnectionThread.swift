import Dispatch
import Synchronization

/// The executor of one connection: runs its jobs one after the other on a thread of its own, so that libpq and poll(2)
/// may block there without taking a thread from Swift's cooperative pool.
final class ConnectionThread: SerialExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var isAsleep = false
        var isStopping = false
    }

    private let state = Mutex(State())
    private let alarm = DispatchSemaphore(value: 0)

    /// nil when the system has no more threads to give.
    static func start() -> ConnectionThread? {
        let thread = ConnectionThread()
        return NativeThread.start { thread.run() } ? thread : nil
    }

    private init() {}

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mustWake = state.withLock { state in
            state.jobs.append(job)
            defer { state.isAsleep = false }
            return state.isAsleep
        }
        if mustWake { alarm.signal() }
    }

    /// Ends the thread once it has no jobs left. Called when the owning actor is gone, so no job can follow.
    func stop() {
        let mustWake = state.withLock { state in
            state.isStopping = true
            defer { state.isAsleep = false }
            return state.isAsleep
        }
        if mustWake { alarm.signal() }
    }

    private func run() {
        let executor = asUnownedSerialExecutor()
        var batch: [UnownedJob] = []
        while true {
            batch.removeAll(keepingCapacity: true)
            let isStopped = state.withLock { state in
                swap(&state.jobs, &batch)
                state.isAsleep = batch.isEmpty && !state.isStopping
                return batch.isEmpty && state.isStopping
            }
            if isStopped { return }
            if batch.isEmpty { alarm.wait() }
            for job in batch { job.runSynchronously(on: executor) }
        }
    }
}
