internal import Domain

/// The outcomes of a batch as its row keeps them, so that it can be answered again: `{"retiered": 0, "outcomes": ["inserted",
/// {"code": …, "field": …, "message": …}, …]}`.
enum StoredOutcomes {
    static func write(_ result: BatchResult) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("retiered", Int64(result.retiered))
            writer.key("outcomes")
            writer.array { writer in
                for outcome in result.outcomes {
                    switch outcome {
                    case .inserted, .updated, .unchanged, .stale: writer.string(outcome.name)
                    case .rejected(let fault):
                        writer.object { writer in
                            writer.member("code", fault.code.rawValue)
                            writer.member("field", fault.field)
                            writer.member("message", fault.message)
                        }
                    }
                }
            }
        }
        return writer.bytes
    }

    /// - Throws: `Unreadable` when the row was written by something else.
    static func read(_ json: String) throws -> (outcomes: [IngestOutcome], retiered: Int) {
        guard case .object(let object) = try JSONReader.read(json), case .array(let outcomes)? = object["outcomes"],
            case .number(let retiered)? = object["retiered"]
        else { throw Unreadable() }
        return (try outcomes.map(outcome), Int(retiered) ?? 0)
    }

    private static func outcome(_ value: JSONValue) throws -> IngestOutcome {
        switch value {
        case .string("inserted"): return .inserted
        case .string("updated"): return .updated
        case .string("unchanged"): return .unchanged
        case .string("stale"): return .stale
        case .object(let fault):
            guard case .string(let name)? = fault["code"], let code = ItemFault.Code(rawValue: name),
                case .string(let message)? = fault["message"]
            else { throw Unreadable() }
            var field: String?
            if case .string(let name)? = fault["field"] { field = name }
            return .rejected(ItemFault(code, field: field, message))
        default: throw Unreadable()
        }
    }

    struct Unreadable: Error {}
}
