import Postgres
import Schema
import TestDatabase
import Testing

/// A file that cannot run in a transaction is applied statement by statement, and goes on after any interruption.
@Suite struct NonTransactionalMigrationTests {
    private static let posts = Migration(version: 1, name: "posts", sql: "CREATE TABLE posts (a INT); INSERT INTO posts VALUES (1), (2)")
    private static let index = file("CREATE INDEX CONCURRENTLY IF NOT EXISTS posts_a ON posts (a);")

    private static func file(_ sql: String) -> Migration {
        Migration(version: 2, name: "index", sql: "-- not in a transaction\n-- What it is for; and why.\n" + sql + "\n")
    }

    @Test func itsStatementsAreAppliedInOrder() async throws {
        let file = Self.file(
            """
            CREATE INDEX CONCURRENTLY IF NOT EXISTS posts_a ON posts (a);
            COMMENT ON INDEX posts_a IS 'one';
            CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS posts_b ON posts (a, (a + 1))
                WHERE a > 0;
            DROP INDEX CONCURRENTLY IF EXISTS posts_a;
            """)
        try await withPosts { database async throws in
            #expect(try await Migrator(database.options, known: [Self.posts, file]).apply() == [file])
            #expect(try await indexes(database) == ["posts_b complete"])
            #expect(try await Migrator(database.options, known: [Self.posts, file]).apply() == [])
        }
    }

    @Test(arguments: [
        "CREATE INDEX CONCURRENTLY posts_a ON posts (a);", "DROP INDEX CONCURRENTLY posts_a;", "UPDATE posts SET a = a + 1;",
        "CREATE INDEX IF NOT EXISTS posts_a ON posts (a);",
    ])
    func aStatementThatMayNotRunTwiceIsRefusedBeforeTheFirstIsRun(statement: String) async throws {
        let file = Self.file("CREATE INDEX CONCURRENTLY IF NOT EXISTS posts_b ON posts (a);\n" + statement)
        try await withPosts { database async throws in
            await #expect(throws: SchemaError.notRepeatable("0002_index", statement: String(statement.dropLast()))) {
                try await Migrator(database.options, known: [Self.posts, file]).apply()
            }
            #expect(try await indexes(database) == [])
        }
    }

    /// Its server process is killed while it builds.
    @Test func anIndexThatAKillLeftIsBuiltAgain() async throws {
        try await withPosts { database async throws in
            let writer = try await writing(database)
            let applied = Task { try await Migrator(database.options, known: [Self.posts, Self.index]).apply() }
            try await database.connect { connection async throws in
                try await eventually { try await connection.query(Self.indexes) == ["posts_a unfinished"] }
                try await connection.executeScript(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND query LIKE 'CREATE INDEX%'
                    """)
            }
            await #expect(throws: PostgresError.self) { try await applied.value }
            #expect(try await indexes(database) == ["posts_a unfinished"])
            await writer.close()
            let migrator = Migrator(database.options, known: [Self.posts, Self.index])
            #expect(try await migrator.status().pending == [Self.index])
            #expect(try await migrator.apply() == [Self.index])
            #expect(try await indexes(database) == ["posts_a complete"])
        }
    }

    /// The program is killed, and its server process builds on: the next run waits for it and takes what it built.
    @Test func aBuildThatOutlivedItsProgramIsWaitedFor() async throws {
        try await withPosts { database async throws in
            let writer = try await writing(database)
            let orphan = Task {
                try await database.connect { connection async throws in
                    try await connection.executeScript("CREATE INDEX CONCURRENTLY IF NOT EXISTS posts_a ON posts (a)")
                }
            }
            try await database.connect { connection async throws in
                try await eventually { try await connection.query(Self.indexes) == ["posts_a unfinished"] }
                let built = try await connection.queryOne(Self.identity)
                let applied = Task { try await Migrator(database.options, known: [Self.posts, Self.index]).apply() }
                try await eventually { try await connection.queryOne(Self.waitsForBuild) }
                await writer.close()
                #expect(try await applied.value == [Self.index])
                #expect(try await connection.query(Self.indexes) == ["posts_a complete"])
                #expect(try await connection.queryOne(Self.identity) == built)
            }
            try await orphan.value
        }
    }

    @Test func anIndexThatFailsIsNamedAndBuiltWhenItsReasonIsGone() async throws {
        let file = Self.file("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS posts_a ON posts ((a > 0));")
        try await withPosts { database async throws in
            let migrator = Migrator(database.options, known: [Self.posts, file])
            await #expect(throws: PostgresError.self) { try await migrator.apply() }
            #expect(try await indexes(database) == ["posts_a unfinished"])
            try await database.connect { connection async throws in try await connection.executeScript("DELETE FROM posts WHERE a = 2") }
            #expect(try await migrator.apply() == [file])
            #expect(try await indexes(database) == ["posts_a complete"])
        }
    }

    /// The one that waits may not hold up the build of the other: a build waits for every older snapshot.
    @Test func ofTwoRunnersOneBuildsAndTheOtherWaits() async throws {
        try await withPosts { database async throws in
            let applied = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<3 { group.addTask { try await Migrator(database.options, known: [Self.posts, Self.index]).apply().count } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(applied.sorted() == [0, 0, 1])
        }
    }

    private func withPosts(_ body: (TestDatabase) async throws -> Void) async throws {
        try await TestDatabase.with(isMigrated: false) { database async throws in
            _ = try await Migrator(database.options, known: [Self.posts]).apply()
            try await body(database)
        }
    }

    /// A connection with an open transaction that has written: a build waits for its end.
    private func writing(_ database: TestDatabase) async throws -> Connection {
        let connection = try await Connection.connect(database.options)
        try await connection.executeScript("BEGIN; INSERT INTO posts VALUES (3)")
        return connection
    }

    private func indexes(_ database: TestDatabase) async throws -> [String] {
        try await database.connect { connection async throws in try await connection.query(Self.indexes) }
    }

    /// Waits until `condition` holds; fails when it does not within a minute.
    private func eventually(_ condition: () async throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(60)
        while try await !condition() {
            try #require(ContinuousClock.now < end)
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private static let indexes = Statement(
        "test.indexes",
        """
        SELECT indexrelid::REGCLASS || CASE WHEN indisvalid THEN ' complete' ELSE ' unfinished' END
        FROM pg_index WHERE indrelid = 'posts'::REGCLASS ORDER BY 1
        """, decode: { try $0.text(0) })
    private static let identity = Statement("test.identity", "SELECT 'posts_a'::REGCLASS::OID::BIGINT", decode: { try $0.int64(0) })
    private static let waitsForBuild = Statement(
        "test.waits",
        """
        SELECT EXISTS (SELECT FROM pg_stat_activity
                       WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%FROM pg_locks%')
        """, decode: { try $0.bool(0) })
}
