internal import Domain
internal import JSON

/// What became of each item of a batch. `received = inserted + updated + skipped`, always.
struct BatchAnswer {
    var batchID: Int64?
    var outcomes: [IngestOutcome]
    var retiered: Int
    var ignoredFields: [String]

    /// The first fault of every item is told, and so many more of the whole batch.
    private static let mostFurtherFaults = 1_000
    /// So many ignored members are named, and of each so many characters.
    private static let mostIgnored = 100
    private static let longestName = 200

    func write(to writer: inout JSONWriter) {
        let counts = OutcomeCounts(outcomes)
        writer.object { writer in
            writer.member("batch_id", batchID)
            writer.member("received", Int64(counts.received))
            writer.member("inserted", Int64(counts.inserted))
            writer.member("updated", Int64(counts.updated))
            writer.member("skipped", Int64(counts.skipped))
            writer.key("outcomes")
            writer.object { counts.write(to: &$0) }
            writer.key("items")
            writer.array { writer in for outcome in outcomes { writer.string(outcome.name) } }
            writer.member("retiered", Int64(retiered))
            writer.key("ignored_fields")
            writer.array { writer in
                for name in ignoredFields.prefix(Self.mostIgnored) { writer.string(String(name.prefix(Self.longestName))) }
            }
            writer.key("errors")
            writer.array { writer in
                var room = Self.mostFurtherFaults
                for (index, outcome) in outcomes.enumerated() {
                    guard case .rejected(let faults) = outcome else { continue }
                    let told = faults.prefix(1 + room)
                    room -= told.count - 1
                    for fault in told { Self.write(fault, of: index, &writer) }
                }
            }
        }
    }

    private static func write(_ fault: ItemFault, of index: Int, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("index", Int64(index))
            writer.member("code", fault.code.rawValue)
            writer.member("field", fault.field)
            writer.member("message", fault.message)
        }
    }
}
