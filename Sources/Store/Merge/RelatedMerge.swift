public import Postgres

/// How rows that hang on posts, or stand beside them, are merged, for collectors and for snapshots alike. Where nothing would
/// change, nothing is written, not even a lock.
public struct RelatedMerge: Sendable {
    let table: Identifier
    let key: [MergedColumn]
    let rule: any MergeRule

    /// Whether the row `news` would change the row `stored`.
    public func brings(_ news: Identifier, _ stored: Identifier) -> SQL { rule.brings(news, newsTo: stored) }

    /// Whether a later write explains that a row `found` has another value in `column` than the row `expected`.
    public func laterNews(_ column: Identifier, _ found: Identifier, over expected: Identifier) -> SQL {
        rule.laterNews(column, found, over: expected)
    }

    /// Inserts or merges `columns` of the relation `news`, which holds each key once, in the order of the keys, which is that of their
    /// bytes: whatever type the columns of `news` have, two writers never wait for each other in a circle.
    ///
    /// - Parameters:
    ///   - batch: the number of the batch that the rows came in.
    ///   - isImport: whether that is an import, which remembers whose changes it covers.
    public func upsert(_ columns: [Identifier], from news: SQL, batch: SQL, isImport: Bool = false) -> SQL {
        let names = key.map(\.name)
        let assignments = rule.assignments + (isImport ? [ImportTrace.assignment] : [])
        return """
            INSERT INTO \(table: table) AS stored (\(columns: columns), inserted_by)
            SELECT \(columns: columns, of: "news"), \(batch)
            FROM \(news) AS news LEFT JOIN \(table: table) AS stored USING (\(columns: names))
            WHERE stored.\(column: names[0]) IS NULL OR \(brings("news", "stored"))
            ORDER BY \(key.map { $0.value("news") }.joined(separator: ", "))
            ON CONFLICT (\(columns: names)) DO UPDATE SET
                \(assignments.joined(separator: ",\n")),
                updated_by = excluded.inserted_by
            WHERE \(brings("excluded", "stored"))
            """
    }
}

extension RelatedMerge {
    /// Each member keeps the value of the newest report that carried it.
    public static let reports = RelatedMerge(
        table: "reports", key: [.text("status_id")],
        rule: ObservedMerge(time: "reported_at", columns: [.text("channel"), .text("summary"), .text("destination")]))

    /// A run has no time of observation, so of two reports of the same run the greater counts stay, and the note that comes last
    /// bytewise: no replay takes anything back.
    public static let runs = RelatedMerge(
        table: "pipeline_runs", key: [.other("run_at"), .text("mode"), .text("source")],
        rule: ColumnRule(
            columns: [
                .other("fetched_count", nullable: false), .other("significant_count", nullable: false),
                .other("reported_count", nullable: false), .text("note"),
            ],
            wins: { $0.isGreater($1, than: $2) }))

    /// The newest `updated_at` wins, and of two with the same one the greater row. `created_at` keeps its minimum.
    public static let embeddings: RelatedMerge = {
        let ranked: [MergedColumn] = [
            .other("updated_at"), .text("backend"), .text("model"), .text("text_hash"), .other("vector_json"),
        ]
        @Sendable func rank(_ row: Identifier) -> SQL { ranked.map { $0.value(row) }.joined(separator: ", ") }
        return RelatedMerge(
            table: "embeddings", key: [.text("status_id")],
            rule: ColumnRule(
                columns: ranked + [.other("dims"), .other("created_at")],
                wins: { column, news, stored in
                    column.name == "created_at"
                        ? "\(column.value(news)) < \(column.value(stored))" : "(\(rank(news))) > (\(rank(stored)))"
                }))
    }()

    /// An account has no time of observation either, and its tier is what its watcher said last.
    public static let watchAccounts = RelatedMerge(
        table: "watch_accounts", key: [.text("handle")],
        rule: ColumnRule(
            columns: [.other("tier"), .other("note"), .other("added_at")],
            wins: { column, news, stored in "\(column.value(news)) IS DISTINCT FROM \(column.value(stored))" },
            derived: ["updated_at = now()"]))

    /// `MetricsSnapshot.merged(with:)`: of each counter the greater of what was observed.
    public static let snapshots = RelatedMerge(
        table: "post_metrics_snapshots", key: [.text("status_id"), .text("snapshot_type"), .other("snapshot_at")],
        rule: ColumnRule(
            columns: MetricsSQL.counters.map { .other($0.name) } + [.text("source")],
            wins: { column, news, stored in
                guard let counter = MetricsSQL.counters.first(where: { $0.name == column.name }) else {
                    return "\(column.value(news)) > \(column.value(stored))"
                }
                return """
                    (\(MetricsSQL.observed(counter, news)) AND (NOT \(MetricsSQL.observed(counter, stored)) OR \(column.value(news)) > \(column.value(stored))))
                    """
            },
            derived: [
                "observed = nullif(coalesce(stored.observed, 15::SMALLINT) | coalesce(excluded.observed, 15::SMALLINT), 15)"
            ]))
}
