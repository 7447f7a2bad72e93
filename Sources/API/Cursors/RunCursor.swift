internal import Domain
internal import JSON

/// The cursors of one list of runs: a place in it, bound to its filter, and signed.
///
/// The payload: microseconds (8 bytes, big-endian), the mode, U+001F, the source.
struct RunCursor: Sendable {
    private let signer: CursorSigner
    private let scope: [UInt8]

    init(_ filter: RunFilter, _ signer: CursorSigner) {
        self.signer = signer
        scope = Self.canonical(filter)
    }

    func encode(_ position: RunPosition) -> String {
        let time = withUnsafeBytes(of: position.runAt.microseconds.bigEndian, Array.init)
        return signer.close(time + Array("\(position.mode.rawValue)\u{1F}\(position.source)".utf8), scope: scope)
    }

    /// - Throws: `Problem` when `text` is not a cursor of this list.
    func decode(_ text: String) throws -> RunPosition {
        let payload = try signer.open(text, scope: scope)
        let parts = payload.dropFirst(8).split(separator: 0x1F, maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let mode = RunMode(rawValue: String(decoding: parts[0], as: UTF8.self)) else { throw CursorSigner.broken }
        let microseconds = payload.prefix(8).reduce(Int64(0)) { $0 << 8 | Int64($1) }
        return RunPosition(
            runAt: Timestamp(microseconds: microseconds), mode: mode, source: String(decoding: parts[1], as: UTF8.self))
    }

    /// The same bytes for filters that mean the same.
    private static func canonical(_ filter: RunFilter) -> [UInt8] {
        var writer = JSONWriter()
        writer.array { writer in
            writer.string("runs")
            for time in [filter.since, filter.until] { if let time { writer.timestamp(time) } else { writer.null() } }
            writer.array { writer in for mode in Set(filter.modes.map(\.rawValue)).sorted() { writer.string(mode) } }
        }
        return writer.bytes
    }
}
