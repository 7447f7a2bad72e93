internal import Postgres

/// Compares expected rows with a table of the archive, cell by cell and in both directions.
struct ComparisonSQL: Sendable {
    let table: ComparedTable
    /// The snapshot's; rows of its own import have to be as it says, rows of other batches may be newer.
    let snapshotHash: String

    private var join: String {
        let key = table.key.map(\.name).joined(separator: ", ")
        return """
            (SELECT true AS is_there, * FROM \(table.expected) AS rows) AS e
            FULL JOIN (SELECT true AS is_there, * FROM \(table.name) AS rows) AS f USING (\(key))
            """
    }

    private static func differs(_ column: ComparedTable.Column) -> String {
        "e.is_there AND f.is_there AND e.\(column.name) IS DISTINCT FROM f.\(column.name)"
    }

    struct Counts: Sendable {
        var expected, found, missing, extra: Int
        /// Per column that is not part of the key.
        var different: [Int]
    }

    /// What differs, whatever the reason.
    var counts: Statement<Counts> {
        let sides = ["e.is_there", "f.is_there", "f.is_there IS NULL", "e.is_there IS NULL"]
        let counts = (sides + table.columns.map(Self.differs)).map { "count(*) FILTER (WHERE \($0))" }
        return Statement(
            "snapshot.compare.\(table.name)", "SELECT \(unescaped: counts.joined(separator: ", ")) FROM \(unescaped: join)",
            decode: { row in
                let values = try counts.indices.map { Int(try row.int64($0)) }
                return Counts(expected: values[0], found: values[1], missing: values[2], extra: values[3], different: Array(values[4...]))
            })
    }

    /// The digest of each column: the sum of the hashes of its cells, each seeded with the hash of its row's key.
    func digests(ofExpected: Bool) -> Statement<[UInt64]> {
        let relation = ofExpected ? table.expected : table.name
        let key = table.key.reduce("0") { seed, column in column.type.hash(column.name, seed: seed) }
        let sums = table.all.map { column in
            "mod(mod(coalesce(sum(coalesce(\(column.type.hash(column.name, seed: "k")), k)), 0), 2::NUMERIC ^ 64) + 2::NUMERIC ^ 64, 2::NUMERIC ^ 64)::NUMERIC(20)::TEXT"
        }
        return Statement(
            "snapshot.digest.\(table.name)",
            "SELECT \(unescaped: sums.joined(separator: ", ")) FROM (SELECT *, \(unescaped: key) AS k FROM \(unescaped: relation) AS r) AS rows",
            decode: { row in try sums.indices.map { UInt64(try row.text($0)) ?? 0 } })
    }

    /// The batches that wrote the found rows last and first, where they are not this snapshot's own import.
    private var writers: SQL {
        """
        LEFT JOIN (SELECT id, kind FROM batches WHERE snapshot_hash IS DISTINCT FROM \(text: snapshotHash)) AS writer
            ON writer.id = coalesce(f.updated_by, f.inserted_by)
        LEFT JOIN (SELECT id FROM batches WHERE snapshot_hash IS DISTINCT FROM \(text: snapshotHash)) AS bringer
            ON bringer.id = f.inserted_by
        """
    }

    private static let isLaterRow = "(e.is_there IS NULL AND bringer.id IS NOT NULL)"
    /// Rows are merged column by column: where this import brought some of them last, others may still be later news.
    private static func isLaterCell(_ column: ComparedTable.Column) -> String {
        "(coalesce(writer.id, bringer.id) IS NOT NULL AND \(column.laterNews))"
    }

    /// How much of what differs later writes explain: extra rows, then cells per column.
    var later: Statement<[Int]> {
        let counts = ([Self.isLaterRow] + table.columns.map { "\(Self.differs($0)) AND \(Self.isLaterCell($0))" })
            .map { "count(*) FILTER (WHERE \($0))" }
        return Statement(
            "snapshot.later.\(table.name)", "SELECT \(unescaped: counts.joined(separator: ", ")) FROM \(unescaped: join) \(writers)",
            decode: { row in try counts.indices.map { Int(try row.int64($0)) } })
    }

    private var keyText: String { "concat_ws(' | ', \(table.key.map { "\($0.name)::TEXT" }.joined(separator: ", ")))" }

    /// The first differences that nothing explains, with both values.
    func differences(limit: Int) -> Statement<Comparison.Difference> {
        let cells = table.columns.map { "('\($0.name)', e.\($0.name)::TEXT, f.\($0.name)::TEXT, \(Self.isLaterCell($0)))" }
        return Statement(
            "snapshot.differences.\(table.name)",
            """
            SELECT \(unescaped: keyText), cell.name, cell.expected, cell.found
            FROM \(unescaped: join) \(writers), LATERAL (
                SELECT NULL, CASE WHEN e.is_there THEN 'row' END, CASE WHEN f.is_there THEN 'row' END
                WHERE e.is_there IS DISTINCT FROM f.is_there AND NOT \(unescaped: Self.isLaterRow)
                UNION ALL
                SELECT name, expected, found FROM (VALUES \(unescaped: cells.joined(separator: ", "))) AS cells (name, expected, found, is_later)
                WHERE e.is_there AND f.is_there AND cells.expected IS DISTINCT FROM cells.found AND is_later IS NOT true
            ) AS cell (name, expected, found)
            ORDER BY \(unescaped: keyText) COLLATE "C", cell.name NULLS FIRST LIMIT \(int64: Int64(limit))
            """,
            decode: { row in
                Comparison.Difference(
                    key: try row.text(0), column: try row.textOrNil(1), expected: try row.textOrNil(2), found: try row.textOrNil(3))
            })
    }

    /// Rows chosen by `seed`, whole, side by side.
    func samples(_ number: Int, seed: Int64) -> Statement<Comparison.Sample> {
        func row(_ side: String) -> String {
            "ARRAY[\(table.all.map { "\(side).\($0.name)::TEXT" }.joined(separator: ", "))]"
        }
        let key = table.key.map { "e.\($0.name)::TEXT" }.joined(separator: ", ")
        let joined = table.key.map { "f.\($0.name) = e.\($0.name)" }.joined(separator: " AND ")
        return Statement(
            "snapshot.samples.\(table.name)",
            """
            WITH chosen AS MATERIALIZED (
                SELECT *, concat_ws(' | ', \(unescaped: key)) AS key_text FROM \(unescaped: table.expected) AS e
                ORDER BY hashtextextended(concat_ws(' | ', \(unescaped: key)), \(int64: seed)), key_text LIMIT \(int64: Int64(number))
            )
            SELECT e.key_text, \(unescaped: row("e")), CASE WHEN f.\(unescaped: table.key[0].name) IS NULL THEN '{}' ELSE \(unescaped: row("f")) END
            FROM chosen AS e LEFT JOIN \(unescaped: table.name) AS f ON \(unescaped: joined) ORDER BY e.key_text COLLATE "C"
            """,
            decode: { row in
                Comparison.Sample(key: try row.text(0), expected: try row.textArrayOfOptionals(1), found: try row.textArrayOfOptionals(2))
            })
    }
}
