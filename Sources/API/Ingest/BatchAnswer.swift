internal import Domain

/// What became of each item of a batch. `received = inserted + updated + skipped`, always.
struct BatchAnswer {
    var outcomes: [IngestOutcome]
    var ignoredFields: [String]

    func write(to writer: inout JSONWriter) {
        var counts = (inserted: 0, updated: 0, unchanged: 0, stale: 0, rejected: 0)
        for outcome in outcomes {
            switch outcome {
            case .inserted: counts.inserted += 1
            case .updated: counts.updated += 1
            case .unchanged: counts.unchanged += 1
            case .stale: counts.stale += 1
            case .rejected: counts.rejected += 1
            }
        }
        writer.object { writer in
            writer.member("received", Int64(outcomes.count))
            writer.member("inserted", Int64(counts.inserted))
            writer.member("updated", Int64(counts.updated))
            writer.member("skipped", Int64(counts.unchanged + counts.stale + counts.rejected))
            writer.key("outcomes")
            writer.object { writer in
                writer.member("inserted", Int64(counts.inserted))
                writer.member("updated", Int64(counts.updated))
                writer.member("unchanged", Int64(counts.unchanged))
                writer.member("stale", Int64(counts.stale))
                writer.member("rejected", Int64(counts.rejected))
            }
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
