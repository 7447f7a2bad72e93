internal import Synchronization

/// Limits how many connections one address has at once.
final class AddressLimit: Sendable {
    private let maximum: Int
    private let taken = Mutex<[String: Int]>([:])

    init(_ maximum: Int) { self.maximum = maximum }

    /// The permit of one connection, given back when it is released.
    final class Permit: Sendable {
        private let limit: AddressLimit
        private let address: String

        fileprivate init(_ limit: AddressLimit, _ address: String) {
            self.limit = limit
            self.address = address
        }

        deinit {
            limit.taken.withLock { taken in
                let rest = taken[address, default: 1] - 1
                taken[address] = rest == 0 ? nil : rest
            }
        }
    }

    /// - Throws: `Problem` when the address has as many as it may.
    func take(_ address: String) throws(Problem) -> Permit {
        let isFree = taken.withLock { taken in
            guard taken[address, default: 0] < maximum else { return false }
            taken[address, default: 0] += 1
            return true
        }
        guard isFree else {
            throw Problem(
                .tooManyConnections,
                "This address has \(maximum) connections, and may have no more. Close some, or use them for several requests.")
        }
        return Permit(self, address)
    }
}
