internal import Synchronization

/// So many clients may have something that lasts, and no more.
final class Seats: Sendable {
    private let maximum: Int
    private let taken = Mutex(0)

    init(_ maximum: Int) {
        self.maximum = maximum
    }

    /// A place for one client; it is free again when nobody holds it any more.
    final class Seat: Sendable {
        private let seats: Seats

        fileprivate init(_ seats: Seats) {
            self.seats = seats
        }

        deinit { seats.taken.withLock { $0 -= 1 } }
    }

    /// - Throws: `problem`, told how many there are, when all are taken.
    func take(otherwise problem: (Int) -> Problem) throws -> Seat {
        let isFree = taken.withLock { taken in
            guard taken < maximum else { return false }
            taken += 1
            return true
        }
        guard isFree else { throw problem(maximum) }
        return Seat(self)
    }
}
