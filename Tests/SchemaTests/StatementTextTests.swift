import TestDatabase
import Testing

@testable import Schema

/// Every statement of Schema is as its file in `db/statements` says.
@Suite struct StatementTextTests {
    @Test func everyStatementIsAsItsFileSays() throws {
        var files = StatementFiles(of: "Schema", sources: "db")
        files.add(Ledger.exists)
        files.add(Ledger.entries)
        files.add(Ledger.record(try #require(Migration.all.first), took: .milliseconds(1)))
        files.add(Migrator.lock)
        files.add(NonTransactionalMigration.unfinished("posts_feed"))
        files.add(BootstrapState.query(database: "xmonitor"))
        files.add(Preflight.missing)
        files.add(ProductionMark.isLocal)
        files.add(ProductionMark.holdsArchive)
        files.add(TargetQueries.database)
        files.add(TargetQueries.searchPath(.schema))
        files.add(TargetQueries.trigrams)
        files.add(GrantQueries.grantee("api"))
        files.add(GrantQueries.missing(Grants.Needs(.api), of: "api"))
        let problems = try files.check()
        #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
    }
}
