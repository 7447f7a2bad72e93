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

    static func earlierTexts(of statusID: String) -> Statement<Provenance.EarlierText> {
        Statement(
            "provenance.texts",
            """
            SELECT body_text, replaced_at, replaced_by FROM earlier_texts
            WHERE status_id = \(text: statusID) ORDER BY replaced_at, replaced_by
            """,
            decode: { row in
                Provenance.EarlierText(
                    text: try row.textOrNil(0), replacedAt: Timestamp(microseconds: try row.timestamp(1)), replacedBy: try row.int64OrNil(2)
                )
            })
    }
}
