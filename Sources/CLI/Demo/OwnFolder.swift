import Foundation

/// Folders that must belong to the user who runs the program.
enum OwnFolder {
    /// What to do about the state folder.
    static let stateRemedy = "Remove it or give it to yourself with chown, or set XMONITOR_STATE to another folder."

    /// Makes the folder at `path`, for its owner alone. One that is there is taken if it is ours, whatever its mode.
    ///
    /// - Throws: `Failure` that ends with `remedy`, when it belongs to somebody else or cannot be made.
    static func make(_ path: String, remedy: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Failure("The folder \(path) cannot be made: \(systemReason(error)). \(remedy)")
        }
        let folder = try Status(URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
        guard folder.owner == geteuid() || geteuid() == 0 else {
            throw Failure(
                "The folder \(path) belongs to \(userName(folder.owner)), and this program runs as \(userName(geteuid())). \(remedy)")
        }
    }

    /// Makes the folder at `path`, which lies where everybody may make folders, so that nobody else can reach into it. One that is
    /// there is taken only if it is no link, ours, and closed to all others.
    ///
    /// - Throws: `Failure` when somebody else may have made it.
    static func makeAmongStrangers(_ path: String) throws {
        guard mkdir(path, 0o700) != 0 else { return }
        guard errno == EEXIST else { throw Failure("The folder \(path) cannot be made: \(String(cString: strerror(errno))).") }
        let folder = try Status(path)
        guard folder.isFolder, folder.owner == geteuid(), folder.mode & 0o777 == 0o700 else {
            throw Failure(
                "\(path) is there already, and is not a folder of \(userName(geteuid())) alone: it belongs to \(userName(folder.owner)), with mode \(String(folder.mode, radix: 8)). A database in it might be read by others. Remove it, or set XMONITOR_STATE to another folder."
            )
        }
    }

    /// What stands at a path; a link is not followed.
    private struct Status {
        let isFolder: Bool
        let owner: uid_t
        let mode: Int

        init(_ path: String) throws {
            do {
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
                owner = (attributes[.ownerAccountID] as? NSNumber)?.uint32Value ?? uid_t.max
                mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
            } catch {
                throw Failure("The folder \(path) cannot be looked at: \(systemReason(error)).")
            }
        }
    }

    private static func userName(_ id: uid_t) -> String {
        guard let entry = getpwuid(id) else { return "user \(id)" }
        return String(cString: entry.pointee.pw_name)
    }
}
