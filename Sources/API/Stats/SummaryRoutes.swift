internal import Domain
internal import Hummingbird
internal import JSON

extension Server {
    @Sendable func summary(_ request: Request, _ context: APIContext) async throws -> Response {
        let summary = try await reading.summary()
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("posts", summary.posts)
            writer.member("significant", summary.significant)
            writer.member("reported", summary.reported)
            writer.member("unreported", summary.unreported)
            writer.member("unreported_significant", summary.unreportedSignificant)
            writer.key("watch_accounts")
            writer.object { writer in for tier in WatchTier.allCases { writer.member(tier.rawValue, summary.watchAccounts[tier] ?? 0) } }
            writer.key("capture_latency_seconds")
            if let latency = summary.captureLatency { latency.write(to: &writer) } else { writer.null() }
        }
        return Response(json: writer)
    }
}

extension CaptureLatency {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("p50", p50, places: 6)
            writer.member("p90", p90, places: 6)
            writer.member("p99", p99, places: 6)
            writer.member("posts", posts)
        }
    }
}
