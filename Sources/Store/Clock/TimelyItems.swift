internal import Domain

/// The items of a batch without those that name a moment of the future, which are rejected.
struct TimelyItems<Item: Dated> {
    private(set) var items: [Item] = []
    /// For each item that was sent its faults; none for a timely one.
    private let faults: [[ItemFault]]

    /// - Parameter now: what the database's clock says.
    init(_ sent: [Item], at now: Timestamp) {
        faults = sent.map { $0.faults(at: now) }
        items = faults.allSatisfy(\.isEmpty) ? sent : zip(sent, faults).filter { $0.1.isEmpty }.map(\.0)
    }

    /// Whether nothing was rejected.
    var areAll: Bool { items.count == faults.count }

    /// The outcomes of all items that were sent, given those of the timely ones.
    func outcomes(_ timely: [IngestOutcome]) -> [IngestOutcome] {
        guard !areAll else { return timely }
        var rest = timely[...]
        return faults.map { faults in faults.isEmpty ? rest.removeFirst() : .rejected(faults) }
    }
}
