import Domain
import Postgres
import TestDatabase
import Testing

@testable import Snapshot

/// Every statement of Snapshot, with arguments that show all of its parts, is as its file in `db/statements` says.
@Suite struct StatementTextTests {
    private static let hash = String(repeating: "0", count: 64)
    private static let now = Timestamp(microseconds: 1_000_000)

    @Test func everyStatementIsAsItsFileSays() throws {
        var files = StatementFiles(of: "Snapshot", sources: "Sources/Snapshot")
        addPreparation(&files)
        for table in SourceTable.all { addStaging(of: table, &files) }
        addImport(&files)
        for table in SourceTable.all.map(ComparedTable.init) + [.derivedSnapshots] { addComparison(with: table, &files) }
        for (number, setting) in Validator.settings.enumerated() { files.add(setting, "validation-\(number + 1)") }
        addUndo(&files)
        let problems = try files.check()
        #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
    }

    private func addPreparation(_ files: inout StatementFiles) {
        files.add(ArchivePreflight.missingOnLedger)
        files.add(ArchivePreflight(purpose: .import, schemaVersion: 1).missingPrivileges)
    }

    private func addStaging(of table: SourceTable, _ files: inout StatementFiles) {
        let staging = StagingSQL(table: table)
        files.add(staging.create(.untilDropped))
        files.add(staging.create(.transaction), "temporary")
        files.add(staging.drop)
        files.add(staging.exists)
        files.add(staging.count)
        files.add(staging.analyze)
        files.add(Statement<Void>("snapshot.copy.\(table.target.name)", staging.copy))
        files.add(staging.removeDuplicates)
        if table.target.refersToPosts { files.add(staging.removeOrphans(postsIn: StagingSQL.posts(in: SourceTable.all))) }
    }

    private func addImport(_ files: inout StatementFiles) {
        let summary = ImportSummary.Table(source: "tweets", target: "posts")
        let stage = ImportQueries.Stage(snapshotHash: Self.hash, stagedRows: 1, rejectBytes: 0, now: Self.now, summary: summary)
        files.add(ImportQueries.lock)
        files.add(ImportQueries.find(label: "label"))
        files.add(ImportQueries.begin(label: "label", hash: Self.hash, at: Self.now))
        files.add(ImportQueries.clock(of: Self.hash, label: "label"))
        files.add(ImportQueries.clockOfLastImport(of: Self.hash))
        files.add(ImportQueries.stage(of: .posts))
        files.add(ImportQueries.record(stage, of: .posts))
        files.add(ImportQueries.forgetStage(of: .posts))
        files.add(ImportQueries.finish(1, [summary]))
        files.add(BulkLoad.lock)
        files.add(BulkLoad.mayBegin)
        files.add(BulkLoad.parts)
        files.add(BulkLoad.suspend("DROP INDEX posts_feed"))
        files.add(BulkLoad.restore("CREATE INDEX posts_feed ON posts (discovered_at)"))
        for (number, setting) in Importer.memory.enumerated() { files.add(setting, "import-\(number + 1)") }
        for table in SourceTable.all { files.add(LoadSQL(table: table, batch: 1).load) }
        files.add(LoadSQL(table: .posts, batch: 1, held: DerivedMetrics.news).load, "holding")
        for statement in DerivedMetrics.findNews(batch: 1) { files.add(statement) }
        files.add(DerivedMetrics.insert(batch: 1, of: DerivedMetrics.news))
        files.add(DerivedMetrics.insert(batch: 1, of: nil))
        files.add(DerivedMetrics.dropNews)
        files.add(Importer.analyze)
        files.add(Confirmations.mayBe(of: 1))
        for table in SourceTable.all { files.add(Confirmations.record(of: table, by: 1)) }
        files.add(Confirmations.recordHistory(by: 1))
    }

    private func addComparison(with table: ComparedTable, _ files: inout StatementFiles) {
        let comparison = ComparisonSQL(table: table, snapshotHash: Self.hash)
        files.add(comparison.counts)
        files.add(comparison.digests(ofExpected: true))
        files.add(comparison.digests(ofExpected: false))
        files.add(comparison.later)
        files.add(comparison.differences(limit: 50))
        files.add(comparison.samples(3, seed: 1))
    }

    private func addUndo(_ files: inout StatementFiles) {
        files.add(UndoQueries.undone)
        for held in UndoQueries.held { files.add(held.statement([1, 2])) }
        for table in UndoQueries.tables {
            files.add(UndoQueries.remove([1, 2], from: table))
            files.add(UndoQueries.left(2, [1, 2], in: table))
        }
        files.add(UndoQueries.record(2))
        files.add(UndoQueries.forgetStages)
    }
}
