internal import Domain
internal import Hummingbird
internal import JSON

extension Server {
    @Sendable func freshness(_ request: Request, _ context: APIContext) async throws -> Response {
        let freshness = try await reading.freshness()
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("now", freshness.now)
            writer.member("status", freshness.status.rawValue)
            writer.member("blind_since", freshness.blindSince)
            writer.member("newest_discovered_at", freshness.newestDiscovery)
            writer.member("newest_last_seen_at", freshness.newestObservation)
            writer.key("modes")
            writer.array { writer in for mode in freshness.modes { mode.write(to: &writer, at: freshness.now) } }
        }
        return Response(json: writer)
    }
}

extension ModeFreshness {
    fileprivate func write(to writer: inout JSONWriter, at now: Timestamp) {
        writer.object { writer in
            writer.member("mode", mode.rawValue)
            writer.member("status", status(at: now).rawValue)
            writer.member("last_run_at", lastRunAt)
            writer.member("usual_interval_seconds", usualInterval, places: 6)
            writer.member("due_at", dueAt)
            writer.member("blind_since", blindSince(at: now))
        }
    }
}
