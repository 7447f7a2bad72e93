internal import Domain
internal import Postgres

/// Where what the archive says of a post comes from.
enum ProvenanceQueries {
    static func fields(of statusID: String) -> Statement<Provenance> {
        let columns = PostColumn.allCases
        let times = columns.map {
            "CASE WHEN isfinite(\(PostMerge.rule.time(PostMerge.column($0), "p"))) THEN \(PostMerge.rule.time(PostMerge.column($0), "p")) END"
        }
        let setters = zip(columns, times).map { column, time in
            "coalesce((p.set_by ->> '\(column.rawValue)')::BIGINT, CASE WHEN (\(time)) IS NOT NULL THEN coalesce(p.seen_by, p.inserted_by) END)"
        }
        return Statement(
            "provenance.fields",
            """
            SELECT p.inserted_by, p.updated_by, \(unescaped: (times + setters).joined(separator: ", "))
            FROM posts AS p WHERE p.status_id = \(text: statusID)
            """,
            decode: { row in
                let fields = try columns.enumerated().map { index, column in
                    let time = try row.timestampOrNil(2 + index).map(Timestamp.init(microseconds:))
                    return Provenance.Field(
                        column: column, observedAt: time, batchID: try row.int64OrNil(2 + columns.count + index))
                }
                return Provenance(
                    statusID: statusID, insertedBy: try row.int64OrNil(0), updatedBy: try row.int64OrNil(1), fields: fields,
                    earlierTexts: [])
            })
    }

    /// The newest `limit`, and of those as many as have `bytes` together, the newest in any case; newest first.
    static func earlierTexts(of statusID: String, limit: Int, within bytes: Int) -> Statement<FittingRow<Provenance.EarlierText>> {
        Statement(
            "provenance.texts",
            """
            SELECT CASE WHEN fits THEN body_text END, replaced_at, replaced_by, fits
            FROM (SELECT *, row_number() OVER sofar = 1
                            OR coalesce(sum(octet_length(body_text)::BIGINT) OVER sofar, 0) <= \(number: bytes) AS fits
                  FROM (SELECT * FROM earlier_texts WHERE status_id = \(text: statusID)
                        ORDER BY replaced_at DESC, replaced_by DESC LIMIT \(number: limit)) AS newest
                  WINDOW sofar AS (ORDER BY replaced_at DESC, replaced_by DESC ROWS UNBOUNDED PRECEDING)) AS texts
            ORDER BY replaced_at DESC, replaced_by DESC
            """,
            decode: { row in
                let text = Provenance.EarlierText(
                    text: try row.textOrNil(0), replacedAt: Timestamp(microseconds: try row.timestamp(1)), replacedBy: try row.int64OrNil(2)
                )
                return FittingRow(row: text, fits: try row.bool(3))
            })
    }
}
