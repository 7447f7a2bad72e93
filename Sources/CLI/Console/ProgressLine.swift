import Foundation
import Synchronization

/// Shows how far a long operation is: a bar that redraws itself on a terminal; in a log a line now and then, and one at the end.
final class ProgressLine: Sendable {
    private struct State {
        var label = ""
        var started: ContinuousClock.Instant
        var shown: ContinuousClock.Instant?
        var isDrawn = false
    }

    private let state: Mutex<State>
    private let isTerminal: Bool
    private let now: @Sendable () -> ContinuousClock.Instant
    private let write: @Sendable (String) -> Void

    /// What was done in less time says nothing about how fast it goes.
    private static let shortestForRate = Duration.milliseconds(500)

    /// - Parameters:
    ///   - now: the clock that the rate is reckoned by.
    ///   - write: takes each piece of text, line breaks and all.
    init(
        isTerminal: Bool = isatty(STDERR_FILENO) == 1, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        write: @escaping @Sendable (String) -> Void = { LineWriter.standardError.write(Array($0.utf8)) }
    ) {
        self.isTerminal = isTerminal
        self.now = now
        self.write = write
        state = Mutex(State(started: now()))
    }

    /// - Parameters:
    ///   - total: nil when it is not known.
    ///   - tellsEnd: whether a log says too that it is done when that took no time.
    func show(_ label: String, done: Int, total: Int?, tellsEnd: Bool = false) {
        state.withLock { state in
            let now = now()
            if label != state.label { state = State(label: label, started: now) }
            let isLast = done == total
            if isTerminal {
                guard isLast || state.shown.map({ now - $0 >= .milliseconds(100) }) ?? true else { return }
            } else {
                guard isLast ? state.isDrawn || tellsEnd : now - (state.shown ?? state.started) >= .seconds(5) else { return }
            }
            state.shown = now
            state.isDrawn = true
            draw(label, done: done, total: total, elapsed: now - state.started)
        }
    }

    /// A step without numbers.
    func show(_ label: String) {
        state.withLock { state in
            guard label != state.label else { return }
            state = State(label: label, started: now())
            state.isDrawn = isTerminal
            if isTerminal { write("\r\u{1B}[K\(label) …") }
        }
    }

    /// Leaves the terminal on a clean line.
    func finish() {
        state.withLock { state in
            if isTerminal, state.isDrawn {
                write("\r\u{1B}[K")
                // What follows is written to standard output, and must not be wiped.
                LineWriter.standardError.flush(within: .seconds(1))
            }
            state.isDrawn = false
        }
    }

    private func draw(_ label: String, done: Int, total: Int?, elapsed: Duration) {
        var text = "\(label): \(done)"
        if let total, total > 0 { text += " of \(total) (\(done * 100 / total) %)" }
        if elapsed >= Self.shortestForRate {
            let rate = Double(done) / (elapsed / .seconds(1))
            if let total, rate > 0, done < total { text += ", \(Int(Double(total - done) / rate)) s left" }
            text += ", \(Int(rate))/s"
        }
        write(isTerminal ? "\r\u{1B}[K\(text)" : text + "\n")
    }
}
