internal import Domain
internal import Postgres

/// The vectors of posts' texts.
enum EmbeddingQueries {
    private static let columns = ["status_id", "backend", "model", "dims", "vector_json", "text_hash", "created_at", "updated_at"]

    /// Upserts `embeddings`, which holds each post once. One without `updated_at` is of now.
    static func upsert(_ embeddings: [EmbeddingUpsert], batch: Int64) -> Statement<(Int, IngestOutcome)> {
        Statement(
            "embeddings.ingest",
            """
            WITH news AS MATERIALIZED (
                SELECT item, status_id, backend, model, dims::INTEGER, vector_json, text_hash,
                       coalesce(created_at, updated_at, now()) AS created_at, coalesce(updated_at, now()) AS updated_at
                FROM unnest(
                    \(textArray: embeddings.map(\.statusID)), \(textArray: embeddings.map(\.backend)),
                    \(textArray: embeddings.map(\.model)), \(int64Array: embeddings.map(\.dims)),
                    \(jsonbArray: embeddings.map(\.vectorJSON)), \(textArray: embeddings.map(\.textHash)),
                    \(timestampArray: embeddings.map { $0.createdAt?.microseconds }),
                    \(timestampArray: embeddings.map { $0.updatedAt?.microseconds })) WITH ORDINALITY
                AS news (status_id, backend, model, dims, vector_json, text_hash, created_at, updated_at, item)
            ), known AS MATERIALIZED (
                SELECT news.*, news.updated_at < stored.updated_at AS is_stale
                FROM news JOIN posts USING (status_id) LEFT JOIN embeddings AS stored USING (status_id)
            ), batch (id) AS (
                SELECT \(int64: batch)
            ), written AS (
                \(unescaped: RelatedMerge.embeddings.upsert(columns, from: "known", batch: "(SELECT id FROM batch)"))
                RETURNING status_id, xmax = 0 AS is_new
            )
            SELECT news.item, known.item IS NOT NULL, written.is_new, coalesce(known.is_stale, false)
            FROM news LEFT JOIN known USING (item) LEFT JOIN written ON written.status_id = news.status_id
            """, decode: { row in (Int(try row.int64(0)) - 1, try row.outcome(isKnownPost: 1, isNew: 2, isStale: 3)) })
    }
}
