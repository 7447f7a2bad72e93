internal import Domain
internal import JSON

/// What became of each item of a batch. `received = inserted + updated + skipped`, always.
struct BatchAnswer {
    var batchID: Int64?
    var outcomes: [IngestOutcome]
    var retiered: Int
    var ignoredFields: [String]

    /// The answer has the first fault of every item, and this many others of the batch.
    private static let maxFurtherFaults = 1_000
    /// Ignored members that are named, and characters of each name.
    private static let maxIgnoredFields = 100
    private static let maxFieldNameLength = 200

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
                for name in ignoredFields.prefix(Self.maxIgnoredFields) { writer.string(String(name.prefix(Self.maxFieldNameLength))) }
            }
            writer.key("errors")
            writer.array { writer in
                var room = Self.maxFurtherFaults
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
