import Domain
import Synchronization
import Testing

@testable import API

/// Waiting for changes.
@Suite struct ChangePollerTests {
    private let archive = MemoryArchive()
    private let never = OneShotEvent()

    private func bring() {
        archive.state.withLock { state in
            let next = ChangePlace(position: state.endOfChanges.position + 1, offset: 0)
            state.changes.append(Change(.post(statusID: "1", nil), next: ChangeCursor(next)))
        }
    }

    @Test func howeverManyWaitTheArchiveIsAskedByOne() async {
        let watch = ChangePoller(archive)
        await withTaskGroup { group in
            for _ in 0..<500 { group.addTask { await watch.wait(at: .beginning, for: .seconds(2), until: never) } }
        }
        // Once a second, whatever the machine is busy with.
        #expect(archive.state.withLock { $0.endsAsked } < 20)
    }

    @Test func aChangeWakesAllAndSoDoesOneThatCameBefore() async {
        let watch = ChangePoller(archive)
        await withTaskGroup { group in
            for _ in 0..<50 { group.addTask { await watch.wait(at: .beginning, for: .seconds(600), until: never) } }
            group.addTask {
                while archive.state.withLock({ $0.endsAsked }) == 0 { await Task.yield() }
                bring()
            }
        }
        await watch.wait(at: .beginning, for: .seconds(600), until: never)
    }

    @Test func anEndWakesAndLastsAndACancelledTaskWaitsNoLonger() async {
        let watch = ChangePoller(archive)
        let ending = OneShotEvent()
        await withTaskGroup { group in
            for _ in 0..<50 { group.addTask { await watch.wait(at: .beginning, for: .seconds(600), until: ending) } }
            ending.happen()
        }
        await watch.wait(at: .beginning, for: .seconds(600), until: ending)
        await withTaskGroup { group in
            for _ in 0..<50 { group.addTask { await watch.wait(at: .beginning, for: .seconds(600), until: never) } }
            group.cancelAll()
        }
    }

    /// A wait outlasts an archive that cannot be reached.
    @Test func anArchiveThatIsAwayIsAskedAgain() async {
        archive.state.withLock { $0.error = .unavailable("") }
        let watch = ChangePoller(archive)
        await withTaskGroup { group in
            group.addTask { await watch.wait(at: .beginning, for: .seconds(600), until: never) }
            group.addTask {
                while archive.state.withLock({ $0.endsAsked }) == 0 { await Task.yield() }
                archive.state.withLock { $0.error = nil }
                bring()
            }
        }
    }
}
