internal import Domain
internal import Hummingbird
internal import JSON

extension Server {
    @Sendable func facets(_ request: Request, _ context: APIContext) async throws -> Response {
        let filter = try PostFilter(context.query)
        let top = try context.query.integer("top", 1...100) ?? 10
        let counted = try await reading.facets(filter, within: configuration.aggregateBudget)
        let facets = counted.value
        var writer = JSONWriter(capacity: 4_096)
        writer.object { writer in
            counted.writeCoverage(to: &writer)
            writer.member("total", facets.total)
            writer.key("tier")
            writer.object { facets.tiers.write(to: &$0) }
            writer.key("significant")
            facets.significant.write(to: &writer)
            writer.key("reported")
            facets.reported.write(to: &writer)
            writer.key("handle")
            facets.handles.ranked(top).write(to: &writer)
            writer.key("source_query")
            facets.sourceQueries.ranked(top).write(to: &writer)
        }
        return Response(json: writer, of: counted)
    }
}
