internal import Domain
internal import Postgres

/// The vectors of posts' texts.
enum EmbeddingQueries {
    /// Upserts `embeddings`, which holds each post once. One without `updated_at` is of now.
    static func upsert(_ embeddings: [EmbeddingUpsert], batch: Int64) -> Statement<(Int, IngestOutcome)> {
        let merge = RelatedMerge.embeddings
        return merge.ingest(
            "embeddings.ingest", ["status_id", "backend", "model", "dims", "vector_json", "text_hash", "created_at", "updated_at"],
            news: """
                SELECT item, status_id, backend, model, dims::INTEGER, vector_json, text_hash,
                       coalesce(created_at, updated_at, now()) AS created_at, coalesce(updated_at, now()) AS updated_at
                FROM unnest(
                    \(textArray: embeddings.map(\.statusID)), \(textArray: embeddings.map(\.backend)),
                    \(textArray: embeddings.map(\.model)), \(int64Array: embeddings.map(\.dims)),
                    \(jsonbArray: embeddings.map(\.vectorJSON)), \(textArray: embeddings.map(\.textHash)),
                    \(momentArray: embeddings.map(\.createdAt)), \(momentArray: embeddings.map(\.updatedAt))) WITH ORDINALITY
                AS news (status_id, backend, model, dims, vector_json, text_hash, created_at, updated_at, item)
                """, known: merge.ofKnownPosts(olderBy: "updated_at"), batch: batch)
    }
}
