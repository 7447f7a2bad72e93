internal import Domain
internal import Hummingbird
internal import JSON

extension Server {
    @Sendable func timeline(_ request: Request, _ context: APIContext) async throws -> Response {
        let query = try TimelineQuery(context.query)
        let buckets = try await query.buckets(newest: reading.newestDiscovery)
        let bounds = buckets?.bounds ?? []
        var timeline = Aggregate<[TierCounts]>([])
        if let buckets {
            timeline = try await reading.timeline(query.filter, bounds: buckets.bounds, within: configuration.aggregateBudget)
        }
        var writer = JSONWriter(capacity: 256 * (bounds.count + 1))
        writer.object { writer in
            writer.member("bucket", query.unit.rawValue)
            writer.member("tz", query.zone.name)
            timeline.writeCoverage(to: &writer)
            writer.member("total", timeline.value.reduce(0) { $0 + $1.total })
            writer.key("buckets")
            writer.array { writer in
                for (counts, (start, end)) in zip(timeline.value, zip(bounds, bounds.dropFirst())) where timeline.covers(until: end) {
                    writer.object { writer in
                        writer.member("start", start)
                        writer.member("end", end)
                        writer.member("local_start", query.zone.label(start.second))
                        counts.write(to: &writer)
                        writer.member("total", counts.total)
                    }
                }
            }
        }
        return Response(json: writer, of: timeline)
    }
}
