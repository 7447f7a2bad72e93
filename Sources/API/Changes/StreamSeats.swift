internal import Synchronization

/// How many clients may have a stream at once.
final class StreamSeats: Sendable {
    private let maximum: Int
    private let taken = Mutex(0)

    init(_ maximum: Int) {
        self.maximum = maximum
    }

    /// A place for one stream; it is free again when nobody holds it any more.
    final class Seat: Sendable {
        private let seats: StreamSeats

        fileprivate init(_ seats: StreamSeats) {
            self.seats = seats
        }

        deinit { seats.taken.withLock { $0 -= 1 } }
    }

    /// - Throws: `Problem` when all are taken.
    func take() throws -> Seat {
        let isFree = taken.withLock { taken in
            guard taken < maximum else { return false }
            taken += 1
            return true
        }
        guard isFree else {
            throw Problem(
                .tooManyStreams, "This server has \(maximum) streams at most, and all are taken. Try again later, or poll /v1/changes.")
        }
        return Seat(self)
    }
}
