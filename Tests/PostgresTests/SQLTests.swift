import Postgres
import Testing

@Suite struct SQLTests {
    private func parameters(_ pieces: SQL...) -> [Parameter] { pieces.flatMap(\.parameters) }

    @Test func valuesOfDifferentTypesDiffer() {
        #expect(parameters("\(int64: 1)") != parameters("\(int32: 1)"))
        #expect(parameters("\(text: nil)") != parameters("\(text: "")"))
        #expect(parameters("\(text: nil)") != parameters("\(int64: nil)"))
    }

    @Test func interpolatedValuesBecomeParameters() {
        let sql: SQL = "SELECT \(text: "a") WHERE x = \(int64: 5) AND y IS NOT DISTINCT FROM \(bool: nil)"
        #expect(sql.text == "SELECT $1 WHERE x = $2 AND y IS NOT DISTINCT FROM $3")
        #expect(sql.parameters == parameters("\(text: "a")", "\(int64: 5)", "\(bool: nil)"))
    }

    @Test func splicedSQLIsRenumbered() {
        let inner: SQL = "a = \(int64: 1) OR b = \(int64: 2)"
        let sql: SQL = "SELECT \(text: "x") WHERE (\(inner)) AND c = \(int64: 3)"
        #expect(sql.text == "SELECT $1 WHERE (a = $2 OR b = $3) AND c = $4")
        #expect(sql.parameters == parameters("\(text: "x")", "\(int64: 1)", "\(int64: 2)", "\(int64: 3)"))
    }

    @Test func piecesAreJoined() {
        let pieces: [SQL] = ["a = \(int64: 1)", "b = \(int64: 2)", "c"]
        #expect(pieces.joined(separator: " AND ").text == "a = $1 AND b = $2 AND c")
        #expect([SQL]().joined(separator: ", ").text == "")
    }

    @Test func onlyUnescapedTextIsSpliced() {
        let column = "name"
        let sql: SQL = "SELECT \(unescaped: column) FROM t WHERE x = \(text: "'; --")"
        #expect(sql.text == "SELECT name FROM t WHERE x = $1")
    }

    private enum Fruit: String, CaseIterable { case apple, largePear = "large pear" }

    @Test func identifiersComeFromTheProgramAndAreQuotedWhereTheyHaveToBe() {
        let columns = Fruit.allCases.map(Identifier.init) + ["x24h"]
        let sql: SQL = "SELECT \(columns: columns), \(columns: columns, of: "f"), \(literals: columns) FROM \(table: "fruits") AS f"
        #expect(
            sql.text == """
                SELECT apple, "large pear", x24h, f.apple, f."large pear", f.x24h, 'apple', 'large pear', 'x24h' FROM fruits AS f
                """)
        #expect(("\(column: "24h") \(column: "say \"so\"") \(literal: "it's")" as SQL).text == #""24h" "say ""so""" 'it''s'"#)
        #expect(sql.parameters.isEmpty)
    }

    @Test func splicedLinesAreIndentedLikeTheirPlace() {
        let inner: SQL = """
            SELECT a
            FROM t WHERE b = \(int64: 1)
            """
        let sql: SQL = """
            WITH x AS (
                \(inner)
            )
            SELECT a FROM (\(inner)) AS t
            """
        #expect(
            sql.text == """
                WITH x AS (
                    SELECT a
                    FROM t WHERE b = $1
                )
                SELECT a FROM (SELECT a
                    FROM t WHERE b = $2) AS t
                """)
    }
}
