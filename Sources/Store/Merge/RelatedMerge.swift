/// How rows that hang on posts, or stand beside them, are merged, for collectors and for snapshots alike. Where nothing would
/// change, nothing is written, not even a lock.
public struct RelatedMerge: Sendable {
    let table: String
    let key: [String]
    /// What follows `SET`, from the row `excluded` over the row `stored`.
    let assignments: [String]
    /// Whether the first row would change the second.
    public let brings: @Sendable (_ news: String, _ stored: String) -> String

    /// Inserts or merges `columns` of the relation `news`, which holds each key once, in the order of the keys, which is that of their
    /// bytes: whatever type the columns of `news` have, two writers never wait for each other in a circle.
    ///
    /// - Parameter batch: SQL for the number of the batch that the rows came in.
    public func upsert(_ columns: [String], from news: String, batch: String) -> String {
        """
        INSERT INTO \(table) AS stored (\(columns.joined(separator: ", ")), inserted_by)
        SELECT \(columns.map { "news.\($0)" }.joined(separator: ", ")), \(batch)
        FROM \(news) AS news LEFT JOIN \(table) AS stored USING (\(key.joined(separator: ", ")))
        WHERE stored.\(key[0]) IS NULL OR \(brings("news", "stored"))
        ORDER BY \(key.map { "news.\($0)" + ($0.hasSuffix("_at") ? "" : " COLLATE \"C\"") }.joined(separator: ", "))
        ON CONFLICT (\(key.joined(separator: ", "))) DO UPDATE SET
            \((assignments + ["updated_by = excluded.inserted_by"]).joined(separator: ",\n    "))
        WHERE \(brings("excluded", "stored"))
        """
    }

    /// Each member keeps the value of the newest report that carried it.
    public static let reports: RelatedMerge = {
        let rule = ObservedMerge(
            time: "reported_at", columns: ["channel", "summary", "destination"].map { .init(name: $0, isText: true) })
        return RelatedMerge(
            table: "reports", key: ["status_id"], assignments: rule.assignments("excluded", over: "stored"),
            brings: { rule.brings($0, newsTo: $1) })
    }()

    /// A run has no time of observation, so of two reports of the same run the greater counts stay, and the note that comes last
    /// bytewise: no replay takes anything back.
    public static let runs: RelatedMerge = {
        let counts = ["fetched_count", "significant_count", "reported_count"]
        return RelatedMerge(
            table: "pipeline_runs", key: ["run_at", "mode", "source"],
            assignments: counts.map { "\($0) = greatest(stored.\($0), excluded.\($0))" }
                + ["note = greatest(stored.note COLLATE \"C\", excluded.note COLLATE \"C\")"],
            brings: { news, stored in
                let more = counts.map { "\(news).\($0) > \(stored).\($0)" }
                let note = "\(news).note IS NOT NULL AND (\(stored).note IS NULL OR \(news).note > \(stored).note COLLATE \"C\")"
                return "(\((more + [note]).joined(separator: " OR ")))"
            })
    }()

    /// The newest `updated_at` wins, and of two with the same one the greater row. `created_at` keeps its minimum.
    public static let embeddings: RelatedMerge = {
        let columns = ["updated_at", "backend", "model", "text_hash", "vector_json"]
        @Sendable func tuple(_ row: String) -> String {
            "("
                + columns.map { "\(row).\($0)" + ($0 == "updated_at" || $0 == "vector_json" ? "" : " COLLATE \"C\"") }.joined(
                    separator: ", ") + ")"
        }
        let isNewer = "\(tuple("excluded")) > \(tuple("stored"))"
        return RelatedMerge(
            table: "embeddings", key: ["status_id"],
            assignments: (columns + ["dims"]).map { "\($0) = CASE WHEN \(isNewer) THEN excluded.\($0) ELSE stored.\($0) END" }
                + ["created_at = least(stored.created_at, excluded.created_at)"],
            brings: { news, stored in "(\(news).created_at < \(stored).created_at OR \(tuple(news)) > \(tuple(stored)))" })
    }()

    /// An account has no time of observation either, and its tier is what its watcher said last.
    public static let watchAccounts: RelatedMerge = {
        let columns = ["tier", "note", "added_at"]
        return RelatedMerge(
            table: "watch_accounts", key: ["handle"],
            assignments: columns.map { "\($0) = excluded.\($0)" } + ["updated_at = now()"],
            brings: { news, stored in
                "(\(columns.map { "\(stored).\($0)" }.joined(separator: ", "))) IS DISTINCT FROM (\(columns.map { "\(news).\($0)" }.joined(separator: ", ")))"
            })
    }()

    /// `MetricsSnapshot.merged(with:)`: of each counter the greater of what was observed.
    public static let snapshots: RelatedMerge = {
        @Sendable func wins(_ counter: (name: String, bit: Int), _ news: String, _ stored: String) -> String {
            @Sendable func observed(_ row: String) -> String { "coalesce(\(row).observed, 15) & \(counter.bit) <> 0" }
            return "(\(observed(news)) AND (NOT \(observed(stored)) OR \(news).\(counter.name) > \(stored).\(counter.name)))"
        }
        let counters = MetricsGaps.counters
        @Sendable func isSourceGreater(_ news: String, _ stored: String) -> String {
            "\(news).source COLLATE \"C\" > \(stored).source COLLATE \"C\""
        }
        return RelatedMerge(
            table: "post_metrics_snapshots", key: ["status_id", "snapshot_type", "snapshot_at"],
            assignments: counters.map { counter in
                "\(counter.name) = CASE WHEN \(wins(counter, "excluded", "stored")) THEN excluded.\(counter.name) ELSE stored.\(counter.name) END"
            } + [
                "observed = nullif(coalesce(stored.observed, 15::SMALLINT) | coalesce(excluded.observed, 15::SMALLINT), 15)",
                "source = CASE WHEN \(isSourceGreater("excluded", "stored")) THEN excluded.source ELSE stored.source END",
            ],
            brings: { news, stored in
                "(\((counters.map { wins($0, news, stored) } + [isSourceGreater(news, stored)]).joined(separator: " OR ")))"
            })
    }()
}
