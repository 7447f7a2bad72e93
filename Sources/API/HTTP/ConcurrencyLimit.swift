internal import Synchronization

/// Limits how many clients hold a long-lived resource at once.
final class ConcurrencyLimit: Sendable {
    private let maximum: Int
    private let taken = Mutex(0)

    init(_ maximum: Int) {
        self.maximum = maximum
    }

    /// The permit of one client, given back when it is released.
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
