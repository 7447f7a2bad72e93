extension Migration {
    /// Every migration that this program knows, in order. A test compares the list with the folder.
    ///
    /// A migration never changes once it is on the main branch: databases have it, and refuse another file under its number. A change of the
    /// schema is a new file. `schema.sql` shows what all of them make together.
    ///
    /// Servers of the release before go on beside a migration that has `compatibleFrom:` with their schema version. It may only add: tables,
    /// columns with a default, indexes; and nothing of it may need a privilege that the role of such a server lacks.
    // SwiftPM makes the names of embedded files: `0001_x.sql` becomes `_001_x_sql`.
    public static let all: [Migration] = [
        Migration(1, "create_posts", PackageResources._001_create_posts_sql),
        Migration(2, "create_metrics", PackageResources._002_create_metrics_sql),
        Migration(3, "create_collector_tables", PackageResources._003_create_collector_tables_sql),
        Migration(4, "create_batches_and_imports", PackageResources._004_create_batches_and_imports_sql),
        Migration(5, "create_changes", PackageResources._005_create_changes_sql),
        Migration(6, "create_access", PackageResources._006_create_access_sql),
        Migration(7, "record_removals", PackageResources._007_record_removals_sql),
        Migration(8, "create_gone_posts", PackageResources._008_create_gone_posts_sql),
        Migration(9, "remember_undone_imports", PackageResources._009_remember_undone_imports_sql),
        Migration(10, "bind_cursors_and_tell_removals", PackageResources._010_bind_cursors_and_tell_removals_sql),
        Migration(11, "measure_velocity_over_a_quarter_hour", PackageResources._011_measure_velocity_over_a_quarter_hour_sql),
    ]

    /// The number of the newest one: the schema version of this program.
    public static var latest: Int { all.last?.version ?? 0 }

    private init(_ version: Int, _ name: String, _ bytes: [UInt8], compatibleFrom: Int? = nil) {
        self.init(version: version, name: name, sql: String(decoding: bytes, as: UTF8.self), compatibleFrom: compatibleFrom)
    }
}
