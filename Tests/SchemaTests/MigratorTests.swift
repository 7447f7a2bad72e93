import Foundation
import Postgres
import Schema
import TestDatabase
import Testing

@Suite struct MigratorTests {
    @Test func theProgramKnowsEveryFileOfTheFolderInOrder() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../db/migrations")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".sql") }.sorted()
        #expect(files == Migration.all.map { $0.fileName + ".sql" })
        for (file, migration) in zip(files, Migration.all) {
            #expect(try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8) == migration.sql)
        }
    }

    /// Databases have them and refuse others under their numbers: only a new file may come to these.
    @Test func noMigrationHasChanged() {
        let checksums = [
            "0001_create_posts e8a10d218e5604539e0b66804e0623dc92ef5e18f98dbb0d780d5b26a71d3748",
            "0002_create_metrics 9e718ad6a9b0f30bc0a99d050b6bcbafd8ff569adfb29d8b9276b1a7f57f2789",
            "0003_create_collector_tables 23a85daed66f1fd2992b6dc63539fcf07283062392dde032d6f84c180b06a96c",
            "0004_create_batches_and_imports 96732c94b20441062cd817a163ca6acc4d34dd34c15b583e555f9deab9b0122d",
            "0005_create_changes 2a71c3a19a8ddb5430f872c9ce34967d14a051622e8ea9fab66f80707bb491f9",
            "0006_create_access c96fe543f3b0c588444e8509367b36f4d4fcca2e9b4f2ec04c4a68fa32998902",
            "0007_record_removals 84eba46d96dde45c7e8583427246766d3ec32ca380753ef47ce6d83a67803a9d",
            "0008_create_gone_posts 0a0c3c2a06caadb25cce08e9495da9df5353432435b2089797e9ab8824813886",
            "0009_remember_undone_imports a466fd819b413ac87362b958432ad44e21dda04626e16c4a31e9295a9c9a3d7f",
            "0010_bind_cursors_and_tell_removals d1e7a985838f17fa94044f14f80e7ef4a11dc4b372c5cc28ffe78f73fa956ccc",
            "0011_measure_velocity_over_a_quarter_hour fc80a263858f96dad11e49786202905ebcce393b085a7d7b81efff0b68c64b41",
        ]
        #expect(Migration.all.map { "\($0.fileName) \($0.checksum)" } == checksums)
    }

    @Test func applyingTwiceChangesNothing() async throws {
        try await TestDatabase.with(isMigrated: false) { database async throws in
            let migrator = Migrator(database.options)
            #expect(try await migrator.status().pending == Migration.all)
            #expect(try await migrator.apply() == Migration.all)
            #expect(try await migrator.apply() == [])
            #expect(try await migrator.status().isCurrent)
        }
    }

    @Test func ofManyRunnersAtOnceOneAppliesAndTheOthersFindNothingToDo() async throws {
        try await TestDatabase.with(isMigrated: false) { database async throws in
            let applied = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 { group.addTask { try await Migrator(database.options).apply().count } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(applied.sorted() == [0, 0, 0, Migration.all.count])
        }
    }

    @Test func aFailingFileLeavesNothingOfItselfAndEverythingBefore() async throws {
        try await TestDatabase.with(isMigrated: false) { database async throws in
            let good = Migration(version: 1, name: "good", sql: "CREATE TABLE one (a INT)")
            let bad = Migration(version: 2, name: "bad", sql: "CREATE TABLE two (a INT); SELECT 1 / 0;")
            await #expect(throws: PostgresError.self) { try await Migrator(database.options, known: [good, bad]).apply() }
            let mended = Migration(version: 2, name: "bad", sql: "CREATE TABLE two (a INT)")
            #expect(try await Migrator(database.options, known: [good, mended]).apply() == [mended])
        }
    }

    @Test func anEditedFileIsRefused() async throws {
        try await TestDatabase.with(isMigrated: false) { database async throws in
            let one = Migration(version: 1, name: "one", sql: "SELECT 1")
            _ = try await Migrator(database.options, known: [one]).apply()
            let edited = Migration(version: 1, name: "one", sql: "SELECT 2")
            await #expect(throws: SchemaError.edited("0001_one")) { try await Migrator(database.options, known: [edited]).apply() }
        }
    }

    @Test func aDatabaseOfBeforeTheFirstReleaseIsToldFromAnEditedFile() async throws {
        try await TestDatabase.with(isMigrated: false) { database async throws in
            let earlier = (1...9).map { Migration(version: $0, name: $0 == 1 ? "create_archive" : "m\($0)", sql: "SELECT \($0)") }
            _ = try await Migrator(database.options, known: earlier).apply()
            let error = await #expect(throws: SchemaError.diverged(version: 1, name: "create_archive")) {
                try await Migrator(database.options).apply()
            }
            #expect(error?.description.contains("Make a new database") == true)
        }
    }

    @Test func aMissingAndANewerMigrationAreToldApart() async throws {
        try await TestDatabase.with(isMigrated: false) { database async throws in
            let all = (1...3).map { Migration(version: $0, name: "m", sql: "SELECT \($0)") }
            _ = try await Migrator(database.options, known: all).apply()
            await #expect(throws: SchemaError.missing(version: 2, name: "m")) {
                try await Migrator(database.options, known: [all[0], all[2]]).status()
            }
            await #expect(throws: SchemaError.unknownNewer(version: 3, name: "m")) {
                try await Migrator(database.options, known: [all[0], all[1]]).apply()
            }
        }
    }

    @Test func aNewerMigrationThatSaysSoIsWorkedBeside() async throws {
        try await TestDatabase.with(isMigrated: false) { database async throws in
            let one = Migration(version: 1, name: "m", sql: "SELECT 1")
            let two = Migration(version: 2, name: "m", sql: "SELECT 2", compatibleFrom: 1)
            let three = Migration(version: 3, name: "m", sql: "SELECT 3", compatibleFrom: 2)
            _ = try await Migrator(database.options, known: [one, two]).apply()
            let old = try await Migrator(database.options, known: [one]).status()
            #expect(old.isCurrent && old.newer == ["0002_m"])
            #expect(try await Migrator(database.options, known: [one]).apply() == [])
            _ = try await Migrator(database.options, known: [one, two, three]).apply()
            #expect(try await Migrator(database.options, known: [one, two]).status().newer == ["0003_m"])
            await #expect(throws: SchemaError.unknownNewer(version: 3, name: "m")) {
                try await Migrator(database.options, known: [one]).status()
            }
        }
    }

    @Test func aLedgerOfAnEarlierReleaseIsReadAndCompleted() async throws {
        try await TestDatabase.with(isMigrated: false) { database async throws in
            let all = (1...2).map { Migration(version: $0, name: "m", sql: "SELECT \($0)", compatibleFrom: 1) }
            _ = try await Migrator(database.options, known: all).apply()
            try await database.connect { connection async throws in
                try await connection.executeScript("ALTER TABLE schema_migrations DROP COLUMN compatible_from")
            }
            await #expect(throws: SchemaError.unknownNewer(version: 2, name: "m")) {
                try await Migrator(database.options, known: [all[0]]).status()
            }
            let three = Migration(version: 3, name: "m", sql: "SELECT 3", compatibleFrom: 2)
            _ = try await Migrator(database.options, known: all + [three]).apply()
            #expect(try await Migrator(database.options, known: all).status().newer == ["0003_m"])
        }
    }

    @Test func aFileThatWasLeftOutIsRefused() async throws {
        try await TestDatabase.with(isMigrated: false) { database async throws in
            let all = (1...3).map { Migration(version: $0, name: "m", sql: "SELECT \($0)") }
            _ = try await Migrator(database.options, known: [all[0], all[2]]).apply()
            await #expect(throws: SchemaError.skipped("0002_m", before: "0003_m")) {
                try await Migrator(database.options, known: all).apply()
            }
        }
    }

    @Test func everyMissingPrivilegeIsNamedBeforeAnythingIsTouched() async throws {
        try await TestDatabase.with(isMigrated: false) { database async throws in
            let role = "weak_" + UUID().uuidString.prefix(8).lowercased()
            try await database.connect { connection async throws in
                try await connection.executeScript(
                    """
                    CREATE ROLE \(role) LOGIN; REVOKE ALL ON SCHEMA public FROM PUBLIC;
                    GRANT USAGE ON SCHEMA public TO \(role); CREATE TABLE posts (a INT);
                    """, timeout: .seconds(10))
            }
            let weak = ConnectionOptions(conninfo: database.address.replacingOccurrences(of: "user=xmonitor", with: "user=\(role)"))
            let error = await #expect(throws: SchemaError.self) { try await Migrator(weak).apply() }
            let text = "\(error?.description ?? "")"
            #expect(text.contains("GRANT CREATE ON SCHEMA public TO \(role)"))
            #expect(text.contains("ALTER TABLE posts OWNER TO \(role)"))
            #expect(!text.contains("GRANT USAGE"))
            try await database.connect { connection async throws in
                #expect(try await connection.queryOne(Self.tables) == 1)
                try await connection.executeScript("DROP OWNED BY \(role); DROP ROLE \(role)", timeout: .seconds(10))
            }
        }
    }

    /// A file that wants a table for itself waits for whoever uses it, and everybody who comes later would wait behind it.
    @Test func whoReadsIsNotHeldUpByAFileThatWaitsAndTheFileIsAppliedInTheEnd() async throws {
        try await TestDatabase.with(isMigrated: false) { database async throws in
            let one = Migration(version: 1, name: "one", sql: "CREATE TABLE one (a INT)")
            let two = Migration(version: 2, name: "two", sql: "CREATE TABLE two (a INT); ALTER TABLE one ADD COLUMN b INT")
            _ = try await Migrator(database.options, known: [one]).apply()
            let (holder, reader) = (try await Connection.connect(database.options), try await Connection.connect(database.options))
            try await holder.executeScript("BEGIN; SELECT FROM one")
            let applied = try await Migrator(database.options, known: [one, two]).apply(
                tablePatience: (.milliseconds(50), 100),
                willTryAgain: { migration in
                    #expect(migration == two)
                    // It has let go: a reader passes. Then so does the one that it waited for.
                    await #expect(throws: Never.self) {
                        try await reader.executeScript("SELECT FROM one", timeout: .seconds(30))
                        try await holder.executeScript("COMMIT")
                    }
                })
            #expect(applied == [two])
            await holder.close()
            await reader.close()
        }
    }

    @Test func aTableThatIsNeverLetGoIsNamedAndNothingOfTheFileIsKept() async throws {
        try await TestDatabase.with(isMigrated: false) { database async throws in
            let one = Migration(version: 1, name: "one", sql: "CREATE TABLE one (a INT)")
            let two = Migration(version: 2, name: "two", sql: "CREATE TABLE two (a INT); ALTER TABLE one ADD COLUMN b INT")
            _ = try await Migrator(database.options, known: [one]).apply()
            let holder = try await Connection.connect(database.options)
            try await holder.executeScript("BEGIN; SELECT FROM one")
            await #expect(throws: SchemaError.inUse("0002_two")) {
                try await Migrator(database.options, known: [one, two]).apply(tablePatience: (.milliseconds(50), 2))
            }
            #expect(try await Migrator(database.options, known: [one, two]).status().pending == [two])
            await holder.close()
        }
    }

    private static let tables = Statement(
        "test.tables", "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
        decode: { try $0.int64(0) })
}
