import Domain
import Synchronization
import Testing

@testable import API

@Suite struct KeyRingTests {
    private static let now = Timestamp(microseconds: 1_771_752_600_000_000)

    private func key(_ id: Int64, _ secret: String, expiresAt: Timestamp? = nil, revokedAt: Timestamp? = nil) -> AccessKey {
        AccessKey(
            id: id, prefix: String(secret.prefix(8)), digest: KeyRing.digest(secret), name: "key \(id)", scopes: [.read], createdBy: "test",
            createdAt: Timestamp(microseconds: 0), expiresAt: expiresAt, revokedAt: revokedAt)
    }

    private func principal(_ finding: KeyRing.Finding) -> Principal? {
        if case .good(let principal) = finding { principal } else { nil }
    }

    private func refusal(_ finding: KeyRing.Finding) -> AccessRefusal? {
        if case .refused(let refusal) = finding { refusal } else { nil }
    }

    @Test func eachOfTenThousandKeysLeadsToItsHolderAndNothingElseDoes() {
        let ring = KeyRing(environment: [])
        let secrets = (1...10_000).map { _ in KeySecret(.key).text }
        ring.update(AccessState(revision: 1, keys: zip(1..., secrets).map { key(Int64($0), $1) }))
        for (id, secret) in zip(1..., secrets) {
            #expect(principal(ring.find(secret, at: Self.now))?.identity == .key(id: Int64(id), name: "key \(id)"))
        }
        for secret in secrets.prefix(100) {
            for wrong in [
                String(secret.dropLast()), secret + "A", secret.uppercased(), String(secret.reversed()), secret + "\u{0}", " " + secret,
            ] {
                #expect(refusal(ring.find(wrong, at: Self.now))?.code == "key_unknown")
            }
        }
    }

    @Test func anOlderAnswerOfTheArchiveDoesNotComeBack() {
        let ring = KeyRing(environment: [])
        let asked = ContinuousClock.now
        ring.update(AccessState(revision: 2, keys: [key(1, "one", revokedAt: Self.now)]), readAt: asked)
        ring.update(AccessState(revision: 1, keys: [key(1, "one")]), readAt: asked - .milliseconds(1))
        #expect(refusal(ring.find("one", at: Self.now))?.code == "key_revoked")
        #expect(ring.revision == 2)
    }

    @Test func aKeyThatIsRefusedLetsNobodyWrite() {
        let ring = KeyRing(environment: [])
        var gone = key(1, "one", revokedAt: Self.now)
        gone.scopes = [.ingest]
        ring.update(AccessState(revision: 1, keys: [gone]), at: Self.now)
        #expect(!ring.holds(.ingest))
        gone.revokedAt = nil
        ring.update(AccessState(revision: 2, keys: [gone]), at: Self.now)
        #expect(ring.holds(.ingest))
    }

    @Test func theEnvironmentComesFirst() {
        let ring = KeyRing(environment: [IngestKey(name: "collector", secret: "one")])
        ring.update(AccessState(revision: 1, keys: [key(1, "one", revokedAt: Timestamp(microseconds: 0)), key(2, "two")]))
        #expect(principal(ring.find("one", at: Self.now))?.identity == .environmentKey(name: "collector"))
        #expect(principal(ring.find("two", at: Self.now))?.identity == .key(id: 2, name: "key 2"))
    }

    @Test func theLogLearnsWhyAKeyIsRefused() {
        let ring = KeyRing(environment: [])
        ring.update(AccessState(revision: 1, keys: [key(1, "old", expiresAt: Self.now), key(2, "gone", revokedAt: Self.now)]))
        #expect(refusal(ring.find("none", at: Self.now)) == AccessRefusal(code: "key_unknown"))
        #expect(refusal(ring.find("old", at: Self.now)) == AccessRefusal(code: "key_expired", subject: "key 1 (1)"))
        #expect(refusal(ring.find("gone", at: Self.now)) == AccessRefusal(code: "key_revoked", subject: "key 2 (2)"))
        // Both ends may lie ahead.
        let before = Timestamp(microseconds: Self.now.microseconds - 1)
        #expect(principal(ring.find("old", at: before)) != nil && principal(ring.find("gone", at: before)) != nil)
    }

    @Test func whatTheArchiveSaidTooLongAgoIsNotBelievedAndTheEnvironmentStillIs() {
        let ring = KeyRing(environment: [IngestKey(name: "collector", secret: "one")])
        let keys = AccessState(revision: 1, keys: [key(1, "two")])
        ring.update(keys, readAt: .now - KeyRing.trust)
        for secret in ["two", "none"] {
            if case .uncertain = ring.find(secret, at: Self.now) {} else { Issue.record("\(secret) is not uncertain") }
        }
        #expect(principal(ring.find("one", at: Self.now)) != nil)
        #expect(ring.hasEnded(sessionOf: "ada@example.com", openedAt: Self.now) == nil)
        // That nothing has changed is news of now.
        ring.update(nil)
        #expect(principal(ring.find("two", at: Self.now)) != nil)
        #expect(refusal(ring.find("none", at: Self.now))?.code == "key_unknown")
    }

    /// While a program is frozen the other clock may stand still.
    @Test(arguments: [-40_000_000, 40_000_000]) func itIsNotBelievedEitherWhenTheClockOnTheWallHasGoneOnAlone(microseconds: Int64) {
        let ring = KeyRing(environment: [])
        let readAt = Timestamp(microseconds: Timestamp.now.microseconds + microseconds * 2)
        ring.update(AccessState(revision: 1, keys: [key(1, "two")]), at: readAt)
        if case .uncertain = ring.find("two", at: Self.now) {} else { Issue.record("it is not uncertain") }
        #expect(ring.hasEnded(sessionOf: "ada@example.com", openedAt: Self.now) == nil)
    }

    @Test func aCallerWhoseKeyIsUncertainIsAskedToComeBack() throws {
        let ring = KeyRing(environment: [IngestKey(name: "collector", secret: "one")])
        let access = AccessControl(readAccess: .keys, ring: ring)
        var caller = Caller()
        caller.isUncertain = true
        #expect(throws: Problem.self) { try access.authorise(caller, for: .read) }
        do { _ = try access.authorise(caller, for: .read) } catch { #expect(error.code == .unavailable) }
        caller.principals = [Principal(identity: .environmentKey(name: "collector"), scopes: [.ingest])]
        #expect(try access.authorise(caller, for: .ingest).name == "collector")
    }

    @Test func usesAreToldToTheMinuteAndOnce() {
        let usage = KeyUsage()
        let principal = Principal(identity: .key(id: 7, name: "a"), scopes: [.read])
        usage.note(principal, at: Timestamp(microseconds: 60_000_000 * 5 + 1))
        usage.note(principal, at: Timestamp(microseconds: 60_000_000 * 6 + 59_999_999))
        usage.note(Principal(identity: .environmentKey(name: "b"), scopes: [.ingest]), at: Self.now)
        usage.note(.nobody, at: Self.now)
        let minute = Timestamp(microseconds: 60_000_000 * 6)
        #expect(usage.take() == [7: minute])
        #expect(usage.take().isEmpty)
        // What could not be told comes back beside what came since.
        usage.note(principal, at: Timestamp(microseconds: 60_000_000 * 7))
        usage.add([7: minute, 8: minute])
        #expect(usage.take() == [7: Timestamp(microseconds: 60_000_000 * 7), 8: minute])
    }

    @Test func usesTakeBoundedMemory() {
        let usage = KeyUsage()
        for id in 1...10_001 { usage.note(Principal(identity: .key(id: Int64(id), name: "a"), scopes: []), at: Self.now) }
        #expect(usage.take().count == 10_000)
    }

    @Test func aFailureToTellUsesLosesNone() async {
        let archive = MemoryArchive()
        let keeper = AccessJournalKeeper(journal: AccessJournal(), usage: KeyUsage(), audit: archive, keys: archive) { _ in }
        keeper.usage.add([1: Self.now])
        archive.state.withLock { $0.error = .unavailable("") }
        await keeper.flush()
        archive.state.withLock { $0.error = nil }
        await keeper.flush()
        await keeper.flush()
        #expect(archive.state.withLock(\.uses) == [[1: Self.now]])
    }
}
