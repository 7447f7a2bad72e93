import Synchronization
import Testing

@testable import CLI

/// What a progress line says as time goes by, by a clock of the test's own.
@Suite struct ProgressLineTests {
    private final class Shown: Sendable {
        let elapsed = Mutex(Duration.zero)
        let text = Mutex("")
        private let start = ContinuousClock.now

        func line(isTerminal: Bool) -> ProgressLine {
            ProgressLine(
                isTerminal: isTerminal, now: { self.start + self.elapsed.withLock { $0 } },
                write: { piece in self.text.withLock { $0 += piece } })
        }

        /// What was written since it was asked last.
        func next() -> String {
            text.withLock { text in
                defer { text = "" }
                return text
            }
        }
    }

    @Test(arguments: [true, false]) func noRateIsToldBeforeHalfASecond(isTerminal: Bool) {
        let shown = Shown()
        let line = shown.line(isTerminal: isTerminal)
        line.show("reading", done: 1_000, total: 100_000)
        let first = shown.next()
        #expect(first.contains("reading: 1000 of 100000 (1 %)") == isTerminal && !first.contains("/s") && !first.contains("left"))
        shown.elapsed.withLock { $0 = .milliseconds(499) }
        line.show("reading", done: 2_000, total: 100_000)
        #expect(!shown.next().contains("/s"))
        shown.elapsed.withLock { $0 = .seconds(10) }
        line.show("reading", done: 20_000, total: 100_000)
        #expect(shown.next().contains("reading: 20000 of 100000 (20 %), 40 s left, 2000/s"))
    }

    @Test func aStepThatIsDoneAtOnceHasNoRate() {
        let shown = Shown()
        let line = shown.line(isTerminal: true)
        line.show("reading", done: 7, total: 7)
        #expect(shown.next().hasSuffix("reading: 7 of 7 (100 %)"))
        shown.elapsed.withLock { $0 = .seconds(60) }
        // The time of one step says nothing about the next.
        line.show("copying", done: 1, total: 9)
        #expect(shown.next().hasSuffix("copying: 1 of 9 (11 %)"))
    }

    @Test func aLogGetsALineNowAndThen() {
        let shown = Shown()
        let line = shown.line(isTerminal: false)
        line.show("reading", done: 1, total: nil)
        shown.elapsed.withLock { $0 = .milliseconds(4_999) }
        line.show("reading", done: 2, total: nil)
        #expect(shown.next().isEmpty)
        shown.elapsed.withLock { $0 = .seconds(5) }
        line.show("reading", done: 10, total: nil)
        #expect(shown.next() == "reading: 10, 2/s\n")
    }

    @Test func aLogGetsOneLineForEachStepThatIsDoneAtOnce() {
        let shown = Shown()
        let line = shown.line(isTerminal: false)
        for (name, total) in [("accounts", 7), ("posts", 20_413)] {
            line.show(name, done: min(1_000, total), total: total, tellsEnd: true)
            if total > 1_000 { line.show(name, done: total, total: total, tellsEnd: true) }
        }
        #expect(shown.next() == "accounts: 7 of 7 (100 %)\nposts: 20413 of 20413 (100 %)\n")
        line.show("copying", done: 9, total: 9)
        #expect(shown.next().isEmpty)
    }
}
