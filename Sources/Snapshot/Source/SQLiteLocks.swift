internal import Foundation

/// Whether another process has a database open, told by the locks that SQLite keeps on its files.
enum SQLiteLocks {
    /// In WAL mode every connection keeps a shared lock on one byte of the `-shm` file for as long as it is open, the "dead
    /// man switch". SQLite's os_unix.c places it: UNIX_SHM_BASE is (22 + SQLITE_SHM_NLOCK) × 4 = 120, behind the header of the
    /// wal-index (walformat.html, 2.3), and UNIX_SHM_DMS is UNIX_SHM_BASE + SQLITE_SHM_NLOCK = 120 + 8.
    private static let deadManSwitch: Int64 = 128

    /// In the main file readers and writers lock PENDING_BYTE (2^30, so that no page that matters lies there), the byte behind
    /// it, RESERVED_BYTE, and SHARED_SIZE = 510 bytes from SHARED_FIRST = PENDING_BYTE + 2 on (SQLite's os.h).
    private static let pendingByte: Int64 = 1 << 30
    private static let lockBytes: Int64 = 512

    /// Whether another process has the database at `path` open in WAL mode, or reads or writes it at this moment in any other
    /// mode; there an idle connection leaves no trace.
    ///
    /// Ask before SQLite opens the file in this process: closing it again here drops every lock that this process has on it.
    static func areHeldByAnotherProcess(_ path: String) -> Bool {
        isLocked(path + "-shm", from: deadManSwitch, count: 1) || isLocked(path, from: pendingByte, count: lockBytes)
    }

    /// A file that cannot be opened counts as unlocked; the next read reports the reason.
    private static func isLocked(_ path: String, from start: Int64, count: Int64) -> Bool {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = off_t(start)
        lock.l_len = off_t(count)
        return fcntl(file, F_GETLK, &lock) == 0 && lock.l_type != Int16(F_UNLCK)
    }
}
