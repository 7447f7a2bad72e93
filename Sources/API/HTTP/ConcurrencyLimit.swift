internal import Synchronization

/// So many clients may have something that lasts, and no more.
final class ConcurrencyLimit: Sendable {
    private let maximum: Int
    private let taken = Mutex(0)

    init(_ maximum: Int) {
        self.maximum = maximum
    }

    /// A place for one client; it is free again when nobody holds it any more.
    final class Permit: Sendable {
        private let limit: ConcurrencyLimit

        fileprivate init(_ limit: ConcurrencyLimit) {
            self.limit = limit
        }

        deinit { limit.taken.withLock { $0 -= 1 } }
    }

    /// - Throws: `problem`, told how many there are, when all are taken.
    func take(otherwise problem: (Int) -> Problem) throws -> Permit {
        let isFree = taken.withLock { taken in
            guard taken < maximum else { return false }
            taken += 1
            return true
        }
        guard isFree else { throw problem(maximum) }
        return Permit(self)
    }
}
