internal import Domain

// Each reads all members, so that it notes all faults, and is nil when there is one.

extension MetricsSnapshot {
    /// Reads a MetricsSnapshotUpsert. Each counter is required: a missing one is not zero.
    init?(_ item: inout ItemReader) {
        let (id, type) = (item.required("status_id", .key), item.required("snapshot_type", .snapshotType))
        let at = item.requiredMoment("snapshot_at")
        let (likes, reposts) = (item.required("likes", .counter), item.required("reposts", .counter))
        let (replies, views) = (item.required("replies", .counter), item.required("views", .counter))
        let source = item.optional("source", .text).value ?? Self.defaultSource
        guard item.faults.isEmpty, let id, let type, let at, let likes, let reposts, let replies, let views else { return nil }
        self.init(
            statusID: id, type: type, at: at, counters: Counters(likes: likes, reposts: reposts, replies: replies, views: views),
            source: source)
    }
}

extension ReportUpsert {
    /// Reads a ReportUpsert.
    init?(_ item: inout ItemReader) {
        let (id, reportedAt) = (item.required("status_id", .key), item.requiredMoment("reported_at"))
        let (channel, summary) = (item.optional("channel", .text), item.optional("summary", .text))
        let destination = item.optional("destination", .text)
        guard item.faults.isEmpty, let id, let reportedAt else { return nil }
        self.init(statusID: id, reportedAt: reportedAt, channel: channel, summary: summary, destination: destination)
    }
}

extension PipelineRunUpsert {
    /// Reads a PipelineRunUpsert.
    init?(_ item: inout ItemReader) {
        let (runAt, mode) = (item.requiredMoment("run_at"), item.required("mode", .runMode))
        let source = item.optional("source", .key).value ?? Self.defaultSource
        let (fetched, significant) = (item.optional("fetched_count", .counter), item.optional("significant_count", .counter))
        let (reported, note) = (item.optional("reported_count", .counter), item.optional("note", .text))
        guard item.faults.isEmpty, let runAt, let mode else { return nil }
        self.init(
            runAt: runAt, mode: mode, source: source, fetchedCount: fetched, significantCount: significant, reportedCount: reported,
            note: note)
    }
}

extension WatchAccountUpsert {
    /// Reads a WatchAccountUpsert.
    init?(_ item: inout ItemReader) {
        let (handle, tier) = (item.required("handle", .handle), item.required("tier", .tier))
        let (note, addedAt) = (item.optional("note", .text), item.optionalMoment("added_at").value)
        guard item.faults.isEmpty, let handle, let tier else { return nil }
        self.init(handle: handle, tier: tier, note: note, addedAt: addedAt)
    }
}
