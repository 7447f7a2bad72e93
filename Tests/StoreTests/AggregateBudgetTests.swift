import Domain
import Postgres
import TestDatabase
import Testing

@testable import Store

/// What one slice of an aggregate may cost, whatever is counted: it reads the posts of the slice and no others.
@Suite struct AggregateBudgetTests {
    private static let rows = 10_000

    @Test func aSliceIsReadByIndex() async throws {
        let filters = PostFilter.each.map { filter in
            var filter = filter
            filter.until = filter.until ?? BigArchive.discovered(BigArchive.middle)
            return filter
        }
        try await BigArchive.database.value.connect(prepares: true) { connection in
            for filter in filters {
                try await connection.transaction(isolation: .repeatableRead, readOnly: true) { connection in
                    try await connection.execute(IndexedSearch.byIndex)
                    var slice = filter
                    slice.since = try await end(of: filter, on: connection)
                    let bounds = [slice.since ?? .earliest, slice.until ?? .latest]
                    try await check(TimelineQueries.counts(slice, bounds: bounds), on: connection)
                    try await check(FacetQueries.counts(slice), on: connection)
                }
            }
        }
    }

    private func end(of filter: PostFilter, on connection: isolated Connection) async throws -> Timestamp? {
        let statement = AggregateSlices.end(filter, rows: Self.rows)
        let plan = try await Plan.custom(statement, runs: true, on: connection)
        #expect(plan.scans(of: "posts").allSatisfy { $0.type == "Index Only Scan" && $0.index == "posts_feed" }, "\(plan)")
        #expect(plan.reads(of: "posts") <= Double(Self.rows + 1), "\(plan)")
        #expect((100...2_000).contains(plan.cost), "\(plan)")
        return try await connection.query(statement).first
    }

    private func check<Output>(_ statement: Statement<Output>, on connection: isolated Connection) async throws {
        let done = try await Plan.custom(statement, runs: true, on: connection)
        for plan in [done, try await Plan.generic(statement, on: connection)] {
            #expect(plan.nodes.allSatisfy { $0.type != "Seq Scan" }, "\(plan)")
        }
        #expect(done.reads(of: "posts") <= Double(Self.rows), "\(done)")
        #expect((8...20_000).contains(done.cost), "\(done)")
    }
}
