internal import Domain

extension MetricsSnapshot {
    /// Reads a MetricsSnapshotUpsert. Each counter is required: a missing one is not zero.
    init(_ item: inout ItemReader) throws(ItemFault) {
        self.init(
            statusID: try item.required("status_id", .key), type: try item.required("snapshot_type", .snapshotType),
            at: try item.required("snapshot_at", .timestamp),
            counters: Counters(
                likes: try item.required("likes", .counter), reposts: try item.required("reposts", .counter),
                replies: try item.required("replies", .counter), views: try item.required("views", .counter)),
            source: try item.optional("source", .text).value ?? Self.defaultSource)
    }
}

extension ReportUpsert {
    /// Reads a ReportUpsert.
    init(_ item: inout ItemReader) throws(ItemFault) {
        self.init(
            statusID: try item.required("status_id", .key), reportedAt: try item.required("reported_at", .timestamp),
            channel: try item.optional("channel", .text), summary: try item.optional("summary", .text),
            destination: try item.optional("destination", .text))
    }
}

extension PipelineRunUpsert {
    /// Reads a PipelineRunUpsert.
    init(_ item: inout ItemReader) throws(ItemFault) {
        self.init(
            runAt: try item.required("run_at", .timestamp), mode: try item.required("mode", .runMode),
            source: try item.optional("source", .key).value ?? Self.defaultSource,
            fetchedCount: try item.optional("fetched_count", .counter), significantCount: try item.optional("significant_count", .counter),
            reportedCount: try item.optional("reported_count", .counter), note: try item.optional("note", .text))
    }
}

extension WatchAccountUpsert {
    /// Reads a WatchAccountUpsert.
    init(_ item: inout ItemReader) throws(ItemFault) {
        self.init(
            handle: try item.required("handle", .handle), tier: try item.required("tier", .tier), note: try item.optional("note", .text),
            addedAt: try item.optional("added_at", .timestamp).value)
    }
}
