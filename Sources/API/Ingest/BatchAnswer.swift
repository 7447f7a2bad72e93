internal import Domain

/// What became of each item of a batch. `received = inserted + updated + skipped`, always.
struct BatchAnswer {
    var batchID: Int64?
    var outcomes: [IngestOutcome]
    var retiered: Int
    var ignoredFields: [String]

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
            writer.array { writer in for name in ignoredFields { writer.string(name) } }
            writer.key("errors")
            writer.array { writer in for (index, outcome) in outcomes.enumerated() { write(outcome, index, &writer) } }
        }
    }

    private func write(_ outcome: IngestOutcome, _ index: Int, _ writer: inout JSONWriter) {
        guard case .rejected(let fault) = outcome else { return }
        writer.object { writer in
            writer.member("index", Int64(index))
            writer.member("code", fault.code.rawValue)
            writer.member("field", fault.field)
            writer.member("message", fault.message)
        }
    }
}
