import Foundation
import Synchronization

/// Writes lines to a stream from a thread of its own, so that a full disk, a closed pipe or a stalled reader never blocks the program.
/// Lines that do not fit into the queue, or cannot be written, are dropped and counted.
final class LineWriter: Sendable {
    static let standardOutput = LineWriter(STDOUT_FILENO)
    static let standardError = LineWriter(STDERR_FILENO, notice: LogLine.lost)

    /// The bounds of the queue. A line beyond them is queued only while the queue is empty.
    private static let maximumLines = 4_096, maximumBytes = 1 << 20

    /// How long the thread waits for more lines without being told of them.
    private static let nap = DispatchTimeInterval.milliseconds(5)

    private enum Entry {
        case text([UInt8])
        /// The place of so many lines that are missing.
        case lost(Int)
    }

    private struct State {
        var queue: [Entry] = []
        var bytes = 0
        /// Lines that are missing behind the last one in the queue.
        var lost = 0
        var isWriting = false, isAsleep = false, hasThread = false
        /// The last line could not be written, so `flush` does not wait any longer.
        var isFailing = false
        var waiters: [DispatchSemaphore] = []
    }

    private let descriptor: Int32
    private let notice: (@Sendable (Int) -> [UInt8])?
    private let state = Mutex(State())
    private let alarm = DispatchSemaphore(value: 0)

    /// - Parameter notice: the line that says how many lines are missing at its place; without it nothing does.
    init(_ descriptor: Int32, notice: (@Sendable (Int) -> [UInt8])? = nil) {
        self.descriptor = descriptor
        self.notice = notice
    }

    /// Takes `bytes`, with their line break, at once.
    func write(_ bytes: [UInt8]) {
        let (mustStart, mustWake) = state.withLock { state in
            guard state.queue.isEmpty || (state.queue.count < Self.maximumLines && state.bytes + bytes.count <= Self.maximumBytes) else {
                state.lost += 1
                return (false, false)
            }
            if state.lost > 0 { state.queue.append(.lost(state.lost)) }
            state.lost = 0
            state.queue.append(.text(bytes))
            state.bytes += bytes.count
            defer { (state.hasThread, state.isAsleep) = (true, false) }
            return (!state.hasThread, state.isAsleep)
        }
        if mustStart { Thread.detachNewThread { self.run() } }
        if mustWake { alarm.signal() }
    }

    /// Waits until all is written that was taken, for `patience` at most.
    func flush(within patience: Duration) {
        let waiter = DispatchSemaphore(value: 0)
        let isIdle = state.withLock { state in
            if !state.queue.isEmpty || state.isWriting { state.waiters.append(waiter) }
            return state.queue.isEmpty && !state.isWriting
        }
        guard !isIdle else { return }
        alarm.signal()
        _ = waiter.wait(timeout: .now() + .milliseconds(Int(patience / .milliseconds(1))))
    }

    /// Gives both streams a second to write their queues, before the program ends.
    static func flushAll() {
        standardOutput.flush(within: .seconds(1))
        standardError.flush(within: .seconds(1))
    }

    private func run() {
        var isMidLine = false
        while true {
            guard let entry = next() ?? nextAfterNap() else {
                alarm.wait()
                continue
            }
            let bytes =
                switch entry {
                case .text(let bytes): bytes
                case .lost(let count): notice?(count) ?? []
                }
            // After a line that broke off the next one stands by itself.
            let result = writeAll(isMidLine ? [UInt8(ascii: "\n")] + bytes : bytes)
            isMidLine = result == .brokenOff || (isMidLine && result == .refused)
            state.withLock { state in
                (state.isWriting, state.isFailing) = (false, result != .written)
                guard result != .written else { return }
                if case .lost(let count) = entry { state.lost += count } else { state.lost += 1 }
            }
        }
    }

    /// A busy server writes a line each millisecond. Waking this thread for each costs more than writing it.
    private func nextAfterNap() -> Entry? {
        _ = alarm.wait(timeout: .now() + Self.nap)
        return next(isAwake: false)
    }

    /// What is to be written next; nil when there is nothing.
    ///
    /// - Parameter isAwake: whether the thread looks again by itself. Otherwise `alarm` tells it of more.
    private func next(isAwake: Bool = true) -> Entry? {
        state.withLock { state in
            if !state.queue.isEmpty {
                let entry = state.queue.removeFirst()
                if case .text(let bytes) = entry { state.bytes -= bytes.count }
                state.isWriting = true
                return entry
            }
            if state.lost > 0, !state.isFailing {
                defer { (state.lost, state.isWriting) = (0, true) }
                return .lost(state.lost)
            }
            state.isAsleep = !isAwake
            for waiter in state.waiters { waiter.signal() }
            state.waiters = []
            return nil
        }
    }

    private enum Result { case written, refused, brokenOff }

    private func writeAll(_ bytes: [UInt8]) -> Result {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&ready, 1, -1)
            } else if errno != EINTR {
                return rest.count == bytes.count ? .refused : .brokenOff
            }
        }
        return .written
    }
}
