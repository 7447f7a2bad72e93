internal import Domain
internal import Hummingbird
internal import JSON

extension Server {
    @Sendable func provenance(_ request: Request, _ context: APIContext) async throws -> Response {
        let id = try context.pathParameter("statusId")
        guard let provenance = try await reading.provenance(id) else { throw Problem(.notFound, "There is no post with this status_id.") }
        var writer = JSONWriter(capacity: 4_096)
        writer.object { writer in
            writer.member("status_id", provenance.statusID)
            writer.member("inserted_by", provenance.insertedBy)
            writer.member("updated_by", provenance.updatedBy)
            writer.key("fields")
            writer.object { writer in
                for field in provenance.fields {
                    writer.key(field.column.rawValue)
                    writer.object { writer in
                        writer.member("observed_at", field.observedAt)
                        writer.member("batch_id", field.batchID)
                    }
                }
                writer.key("gone_at")
                writer.object { writer in
                    writer.member("observed_at", provenance.gone?.toldAt)
                    writer.member("batch_id", provenance.goneToldBy)
                }
            }
            writer.key("earlier_texts")
            writer.array { writer in
                for text in provenance.earlierTexts {
                    writer.object { writer in
                        writer.member("body_text", text.text)
                        writer.member("replaced_at", text.replacedAt)
                        writer.member("replaced_by", text.replacedBy)
                    }
                }
            }
            writer.member("partial", provenance.isPartial)
        }
        return Response(json: writer)
    }
}
