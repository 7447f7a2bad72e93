internal import Domain
internal import JSON

extension Receipt {
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("batch_id", batchID)
            writer.member("kind", kind)
            writer.member("received_at", receivedAt)
            writer.member("ingest_key", ingestKey)
            writer.member("source", source)
            writer.member("body_hash", bodyHash)
            writer.member("idempotency_key", idempotencyKey)
            writer.member("label", label)
            writer.member("undone_at", undoneAt)
            writer.key("counts")
            if let counts {
                writer.object { writer in
                    writer.member("received", Int64(counts.received))
                    counts.write(to: &writer)
                }
            } else {
                writer.null()
            }
        }
    }
}

extension OutcomeCounts {
    /// One member for each outcome, into an object that is being written.
    func write(to writer: inout JSONWriter) {
        writer.member("inserted", Int64(inserted))
        writer.member("updated", Int64(updated))
        writer.member("unchanged", Int64(unchanged))
        writer.member("stale", Int64(stale))
        writer.member("blocked", Int64(blocked))
        writer.member("erased", Int64(erased))
        writer.member("rejected", Int64(rejected))
    }
}
