import SystemPackage

/// A file of settings, such as `.env`. `docs/configuration.md` has its grammar.
struct SettingsFile: Sendable {
    /// As it was named.
    let path: String
    let entries: [Entry]
    /// What is wrong with it, by its lines. No fault shows what stands in a line: it may be a secret.
    let faults: [String]

    struct Entry: Hashable, Sendable {
        let name: String
        let value: String
        /// Counted from 1.
        let line: Int
    }

    /// More than all settings together have.
    private static let maximumBytes = 1 << 20

    /// Nil when there is no file at `path`.
    ///
    /// - Throws: `Failure` for one that cannot be read.
    static func read(_ path: String) throws -> SettingsFile? {
        let bytes: [UInt8]
        do { bytes = try SmallFile.bytes(path, maximum: maximumBytes) } catch {
            if error == .noSuchFileOrDirectory { return nil }
            throw Failure("The file \(path) cannot be read: \(error). Give it to the user who runs xmonitor, or remove it.")
        }
        guard bytes.count <= maximumBytes else {
            throw Failure("The file \(path) has more than \(maximumBytes) bytes. Is it a file of settings?")
        }
        return SettingsFile(path: path, bytes)
    }

    init(path: String, _ bytes: [UInt8]) {
        self.path = path
        var (entries, faults): ([Entry], [String]) = ([], [])
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: byteOrderMark) ? bytes.dropFirst(byteOrderMark.count) : bytes[...]
        for (index, line) in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            let number = index + 1
            do throws(SettingsLine.Fault) {
                guard let (name, value) = try SettingsLine.parse(line) else { continue }
                if let first = entries.first(where: { $0.name == name }) {
                    throw SettingsLine.Fault("sets what line \(first.line) sets. Remove one of them.")
                }
                entries.append(Entry(name: name, value: value, line: number))
            } catch { faults.append("\(path):\(number) \(error.reason)") }
        }
        (self.entries, self.faults) = (entries, faults)
    }
}
