import API
import Foundation

extension Settings {
    /// From this number of bytes on a key cannot be found by trying.
    static let leastKeyBytes = 16

    /// Every key that collectors may write with, under the name that receipts have for it.
    ///
    /// - Throws: `Failure` for a list that is not of names and keys.
    func ingestKeys() throws -> [IngestKey] {
        let single = [(Setting.ingestSecret, "shared-secret"), (.apiKey, "api-key")].compactMap { setting, name in
            optional(setting).map { IngestKey(name: name, secret: $0) }
        }
        return try single + namedKeys()
    }

    private func namedKeys() throws -> [IngestKey] {
        guard let list = optional(.ingestKeys) else { return [] }
        return try list.split(separator: ",", omittingEmptySubsequences: false).map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
            guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
                throw Failure(
                    "\(Setting.ingestKeys.name) has to be NAME=KEY, or several of them with commas between; no name and no key may be empty."
                )
            }
            return IngestKey(name: parts[0], secret: parts[1])
        }
    }

    /// The key that signs cursors; nil when none is set.
    ///
    /// - Throws: `Failure` when it is so short that cursors could be forged.
    func cursorKey() throws -> [UInt8]? {
        guard let key = optional(.cursorKey) else { return nil }
        guard key.utf8.count >= Self.leastKeyBytes else {
            throw Failure("\(Setting.cursorKey.name) is shorter than \(Self.leastKeyBytes) bytes. \(Self.aGoodKey)")
        }
        return Array(key.utf8)
    }

    /// A sentence for each key that somebody may find by trying; it holds as long as the collectors have no better one.
    ///
    /// - Throws: `Failure` as `ingestKeys()`.
    func keyWarnings() throws -> [String] {
        let single = [Setting.ingestSecret, .apiKey].compactMap { setting in optional(setting).map { (setting.name, $0) } }
        let named = try namedKeys().map { ("The key of \($0.name) in \(Setting.ingestKeys.name)", $0.secret) }
        return (single + named).filter { $1.utf8.count < Self.leastKeyBytes }.map { name, _ in
            "\(name) is shorter than \(Self.leastKeyBytes) bytes and might be guessed. \(Self.aGoodKey)"
        }
    }

    private static let aGoodKey = "`openssl rand -hex 32` makes a good one."
}
