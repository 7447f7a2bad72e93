extension Migration {
    /// Every migration that this program knows, in order. A test compares the list with the folder.
    // SwiftPM makes the names of embedded files: `0001_x.sql` becomes `_001_x_sql`.
    public static let all: [Migration] = [
        Migration(1, "create_archive", PackageResources._001_create_archive_sql),
        Migration(2, "create_post_merge", PackageResources._002_create_post_merge_sql),
        Migration(3, "create_batches", PackageResources._003_create_batches_sql),
        Migration(4, "record_receipts", PackageResources._004_record_receipts_sql),
        Migration(5, "sort_posts", PackageResources._005_sort_posts_sql),
        Migration(6, "record_changes", PackageResources._006_record_changes_sql),
        Migration(7, "read_orders_faster", PackageResources._007_read_orders_faster_sql),
        Migration(8, "normalise_handles_again", PackageResources._008_normalise_handles_again_sql),
        Migration(9, "fold_case_by_icu", PackageResources._009_fold_case_by_icu_sql),
    ]

    /// The number of the newest one: the schema version of this program.
    public static var latest: Int { all.last?.version ?? 0 }

    private init(_ version: Int, _ name: String, _ bytes: [UInt8]) {
        self.init(version: version, name: name, sql: String(decoding: bytes, as: UTF8.self))
    }
}
