import Foundation
import Synchronization

/// Shows how far a long operation is: a bar that redraws itself on a terminal, a plain line now and then in a log.
final class ProgressLine: Sendable {
    private struct State {
        var label = ""
        var started = ContinuousClock.now
        var shown = ContinuousClock.now - .seconds(60)
        var isDrawn = false
    }

    private let state = Mutex(State())
    private let isTerminal: Bool

    init(isTerminal: Bool = isatty(STDERR_FILENO) == 1) {
        self.isTerminal = isTerminal
    }

    /// - Parameter total: nil when it is not known.
    func show(_ label: String, done: Int, total: Int?) {
        state.withLock { state in
            let now = ContinuousClock.now
            if label != state.label { state = State(label: label, started: now) }
            let isLast = done == total
            guard isLast || now - state.shown >= (isTerminal ? .milliseconds(100) : .seconds(5)) else { return }
            guard isTerminal || !isLast || state.isDrawn else { return }
            state.shown = now
            state.isDrawn = true
            draw(label, done: done, total: total, elapsed: now - state.started)
        }
    }

    /// A step without numbers.
    func show(_ label: String) {
        state.withLock { state in
            guard label != state.label else { return }
            state = State(label: label)
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
        let seconds = max(0.001, Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18)
        let rate = Double(done) / seconds
        var text = "\(label): \(done)"
        if let total, total > 0 {
            text += " of \(total) (\(done * 100 / total) %)"
            if rate > 0, done < total { text += ", \(Int(Double(total - done) / rate)) s left" }
        }
        text += ", \(Int(rate))/s"
        write(isTerminal ? "\r\u{1B}[K\(text)" : text + "\n")
    }

    private func write(_ text: String) {
        LineWriter.standardError.write(Array(text.utf8))
    }
}
