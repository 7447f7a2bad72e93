import Foundation
import Postgres

/// What Postgres means to do for a statement, or did, as `EXPLAIN (FORMAT JSON)` tells.
struct Plan: Decodable {
    let type: String
    let relation: String?
    let index: String?
    let cost: Double
    let rows: Double
    let actualRows: Double?
    let loops: Double?
    private let sharedHits, sharedReads: Double?
    let children: [Plan]?

    private enum CodingKeys: String, CodingKey {
        case type = "Node Type", relation = "Relation Name", index = "Index Name", cost = "Total Cost", rows = "Plan Rows"
        case actualRows = "Actual Rows", loops = "Actual Loops", children = "Plans"
        case sharedHits = "Shared Hit Blocks", sharedReads = "Shared Read Blocks"
    }

    /// This node and all below it.
    var nodes: [Plan] { [self] + (children ?? []).flatMap(\.nodes) }

    /// The nodes that read `table`, through an index or not.
    func scans(of table: String) -> [Plan] { nodes.filter { $0.relation == table } }

    /// How many rows this node gave, each as often as it did.
    var reads: Double { (actualRows ?? 0) * (loops ?? 0) }

    /// How many rows of `table` were read, each as often as it was.
    func reads(of table: String) -> Double { scans(of: table).reduce(0) { $0 + $1.reads } }

    /// How many pages of tables and indexes this node looked at, in memory or not, without those of the nodes below it.
    var hits: Double { (children ?? []).reduce(allHits) { $0 - $1.allHits } }
    private var allHits: Double { (sharedHits ?? 0) + (sharedReads ?? 0) }

    /// The indexes through which `table` is read; the name of the node where there is none, or a bitmap between.
    func paths(to table: String) -> Set<String> { Set(scans(of: table).map { $0.index ?? $0.type }) }

    /// As it is planned with the parameters at hand.
    static func custom<Output>(_ statement: Statement<Output>, runs: Bool = false, on connection: isolated Connection) async throws -> Plan
    {
        let options = runs ? "ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON" : "FORMAT JSON"
        var sql = SQL.StringInterpolation(literalCapacity: 0, interpolationCount: 0)
        sql.appendInterpolation(unescaped: "EXPLAIN (\(options)) ")
        for (place, text) in statement.sql.split(separator: /\$[0-9]+/, omittingEmptySubsequences: false).enumerated() {
            if place > 0 { sql.appendInterpolation(statement.parameters[place - 1]) }
            sql.appendInterpolation(unescaped: String(text))
        }
        return try await explain(SQL(stringInterpolation: sql), on: connection)
    }

    /// As it is planned for all parameters alike, once Postgres holds that to be as good. The connection prepares its statements.
    static func generic<Output>(_ statement: Statement<Output>, on connection: isolated Connection) async throws -> Plan {
        _ = try await connection.query(statement)
        let name = try await connection.queryOne(
            Statement(
                "test.name",
                "SELECT name, format('(%s)', repeat('NULL, ', cardinality(parameter_types) - 1) || 'NULL') FROM pg_prepared_statements WHERE statement = \(text: statement.sql)",
                decode: { row in try row.text(0) + (statement.parameters.isEmpty ? "" : row.text(1)) }))
        try await connection.executeScript("SET plan_cache_mode = force_generic_plan")
        let plan = try await explain("EXPLAIN (FORMAT JSON) EXECUTE \(unescaped: name)", on: connection)
        try await connection.executeScript("RESET plan_cache_mode")
        return plan
    }

    private static func explain(_ sql: SQL, on connection: isolated Connection) async throws -> Plan {
        struct Explained: Decodable {
            let plan: Plan
            private enum CodingKeys: String, CodingKey { case plan = "Plan" }
        }
        let json = try await connection.queryOne(Statement("test.explain", sql, decode: { try $0.jsonb(0) }))
        return try JSONDecoder().decode([Explained].self, from: Data(json.utf8))[0].plan
    }
}

extension Plan: CustomStringConvertible {
    /// One line for each node, for the message of a test that fails.
    var description: String { lines(0).joined(separator: "\n") }

    private func lines(_ depth: Int) -> [String] {
        let facts = [
            relation, index, "cost \(Int(cost))", "rows \(Int(rows))", actualRows.map { _ in "read \(Int(reads)), \(Int(hits)) pages" },
        ].compactMap { $0 }
        return [String(repeating: "  ", count: depth) + ([type] + facts).joined(separator: " ")]
            + (children ?? []).flatMap { $0.lines(depth + 1) }
    }
}
