internal import Domain

/// The items of a batch without those that name a moment of the future, which are rejected, and those that operators keep out.
struct AdmittedItems<Item: Dated> {
    private(set) var items: [Item] = []
    /// For each item that was sent what became of it already; nil for an admitted one.
    private let refusals: [IngestOutcome?]

    /// - Parameters:
    ///   - now: what the database's clock says.
    ///   - keptOut: what operators keep out.
    init(_ sent: [Item], at now: Timestamp, keptOut: KeptOut) {
        refusals = sent.enumerated().map { place, item in
            let faults = item.faults(at: now)
            return faults.isEmpty ? keptOut.outcome(at: place) : .rejected(faults)
        }
        items = refusals.allSatisfy { $0 == nil } ? sent : zip(sent, refusals).filter { $0.1 == nil }.map(\.0)
    }

    /// Whether nothing was refused.
    var areAll: Bool { items.count == refusals.count }

    /// The outcomes of all items that were sent, given those of the admitted ones.
    func outcomes(_ admitted: [IngestOutcome]) -> [IngestOutcome] {
        guard !areAll else { return admitted }
        var rest = admitted[...]
        return refusals.map { $0 ?? rest.removeFirst() }
    }
}
