internal import Domain
internal import Postgres

/// Where what the archive says of a post comes from.
enum ProvenanceQueries {
    static func fields(of statusID: String) -> Statement<Provenance> {
        let columns = PostColumn.allCases
        let names = columns.map(Identifier.init)
        let times: [SQL] = columns.map { "nullif(\(PostMerge.rule.time($0.merged, "p")), '-infinity') AS \(column: Identifier($0))" }
        let setters: [SQL] = names.map { name in
            """
            coalesce((p.set_by ->> \(literal: name))::BIGINT, CASE WHEN times.\(column: name) IS NOT NULL THEN coalesce(p.seen_by, p.inserted_by) END)
            """
        }
        return Statement(
            "provenance.fields",
            """
            SELECT p.inserted_by, p.updated_by, g.gone_at, g.told_at, g.told_by,
                \(zip(names, setters).map { "times.\(column: $0), \($1)" as SQL }.joined(separator: ",\n"))
            FROM posts AS p LEFT JOIN gone_posts AS g USING (status_id), LATERAL (
                SELECT
                    \(times.joined(separator: ",\n"))
            ) AS times
            WHERE p.status_id = \(text: statusID)
            """,
            read: { row in
                let (insertedBy, updatedBy) = (try row.int64OrNil(), try row.int64OrNil())
                let (goneAt, toldAt, toldBy) = (try row.momentOrNil(), try row.momentOrNil(), try row.int64OrNil())
                var provenance = Provenance(
                    statusID: statusID, insertedBy: insertedBy, updatedBy: updatedBy,
                    fields: try columns.map { column in
                        Provenance.Field(column: column, observedAt: try row.momentOrNil(), batchID: try row.int64OrNil())
                    }, earlierTexts: [])
                (provenance.gone, provenance.goneToldBy) = (toldAt.map { Gone(at: goneAt, toldAt: $0) }, toldBy)
                return provenance
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
            read: { row in
                let text = Provenance.EarlierText(
                    text: try row.textOrNil(), replacedAt: try row.moment(), replacedBy: try row.int64OrNil())
                return FittingRow(row: text, fits: try row.bool())
            })
    }
}
