internal import Domain
internal import Hummingbird
internal import JSON

/// Which runs were asked for.
struct RunQuery {
    var filter: RunFilter
    var position: RunPosition?
    var limit: Int

    init(_ request: Request, _ server: Server) throws {
        let parameters = try QueryParameters(request, allowed: ["since", "until", "tz", "limit", "cursor"], repeatable: ["mode"])
        let (since, until) = try DayBounds(parameters.text("tz")).range(parameters, "since", "until")
        let filter = RunFilter(since: since, until: until, modes: try parameters.all("mode").map(Self.mode))
        self.filter = filter
        limit = try parameters.integer("limit", 1...server.configuration.maximumLimit) ?? server.configuration.defaultLimit
        position = try parameters.text("cursor").map { try filter.position($0, server.cursors.seal) }
    }

    private static func mode(_ text: String) throws -> RunMode {
        guard let mode = RunModeRule.parse(text) else {
            let names = RunMode.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem(.invalidParameter, "mode is one of \(names).", parameter: "mode")
        }
        return mode
    }
}

/// Cursors of the list of runs: microseconds (8 bytes, big-endian), the mode, U+001F, and the source.
extension RunFilter {
    func cursor(_ position: RunPosition, _ seal: CursorSigner) -> String {
        let time = withUnsafeBytes(of: position.runAt.microseconds.bigEndian, Array.init)
        return seal.close(time + Array("\(position.mode.rawValue)\u{1F}\(position.source)".utf8), scope: scope)
    }

    /// - Throws: `Problem` when `cursor` is none of ours for this filter.
    func position(_ cursor: String, _ seal: CursorSigner) throws -> RunPosition {
        let payload = try seal.open(cursor, scope: scope)
        let parts = payload.dropFirst(8).split(separator: 0x1F, maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let mode = RunMode(rawValue: String(decoding: parts[0], as: UTF8.self)) else { throw CursorSigner.broken }
        let microseconds = payload.prefix(8).reduce(Int64(0)) { $0 << 8 | Int64($1) }
        return RunPosition(
            runAt: Timestamp(microseconds: microseconds), mode: mode, source: String(decoding: parts[1], as: UTF8.self))
    }

    /// The same bytes for filters that mean the same.
    private var scope: [UInt8] {
        var writer = JSONWriter()
        writer.array { writer in
            writer.string("runs")
            for time in [since, until] { if let time { writer.timestamp(time) } else { writer.null() } }
            writer.array { writer in for mode in Set(modes.map(\.rawValue)).sorted() { writer.string(mode) } }
        }
        return writer.bytes
    }
}
