internal import Foundation

/// Files that hold posts or what was made of them: nobody but their owner reads them, and none is written through a link that
/// somebody else has put in its place.
public enum PrivateFile {
    /// Creates the file at `path` anew, open for writing; what a run left there that was killed is removed first.
    ///
    /// - Returns: Its descriptor, which the caller closes; negative with `errno` set when it cannot be made.
    static func create(_ path: String) -> Int32 {
        unlink(path)
        return open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    }

    /// Writes `bytes` to the file at `path`, which is there whole or as it was.
    ///
    /// - Throws: `SnapshotError.cannotWrite`.
    public static func write(_ bytes: [UInt8], to path: String) throws {
        let partial = path + ".partial"
        do {
            let file = try OutputFile(path: partial, finalPath: path)
            try file.write(bytes)
            _ = try file.finish()
            guard rename(partial, path) == 0 else { throw SnapshotError.cannotWrite(path, errno: errno) }
        } catch {
            unlink(partial)
            throw error
        }
    }

    /// Makes a folder that nobody else can look into, with those above it; one that is there stays as it is.
    ///
    /// - Throws: what `FileManager` throws.
    public static func createFolder(_ path: String) throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// Opens what `create` has made, for reading.
    ///
    /// - Returns: Its descriptor, which the caller closes; negative when it is not there, or is a link.
    static func read(_ path: String) -> Int32 {
        open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    }
}
