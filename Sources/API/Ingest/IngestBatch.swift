internal import Domain
internal import JSON

/// The items of one request: the good ones as values, the bad ones with their faults.
struct IngestBatch<Item> {
    private(set) var good: [Item] = []
    /// For each item sent, what it is.
    private var places: [Place] = []
    /// Members that are not read, of good items and bad ones.
    private(set) var ignored: Set<String>

    private enum Place {
        /// One of the good ones, by its index.
        case good(Int)
        /// None, with its faults, and the moments that may be one each.
        case bad([ItemFault], moments: [(member: String, moment: Timestamp)])
    }

    /// - Parameters:
    ///   - ignored: members beside the items.
    ///   - read: the item; nil when the reader noted a fault.
    init(_ items: [JSONValue], ignored: [String] = [], _ read: (inout ItemReader) -> Item?) {
        self.ignored = Set(ignored)
        for value in items {
            do throws(ItemFault) {
                var reader = try ItemReader(value)
                let item = read(&reader)
                self.ignored.formUnion(reader.ignored)
                if let item {
                    places.append(.good(good.count))
                    good.append(item)
                } else {
                    places.append(.bad(reader.faults, moments: reader.moments))
                }
            } catch {
                places.append(.bad([error], moments: []))
            }
        }
    }

    var rejected: Int { places.count - good.count }

    /// The answer, given what became of the good items.
    func answer(_ result: BatchResult) -> BatchAnswer {
        BatchAnswer(
            batchID: result.batchID,
            outcomes: places.map { place in
                switch place {
                case .good(let index): result.outcomes[index]
                case .bad(let faults, let moments):
                    .rejected(faults + moments.compactMap { ItemFault(ahead: $0.moment, in: $0.member, at: result.receivedAt) })
                }
            }, retiered: result.retiered, ignoredFields: ignored.sorted())
    }
}
