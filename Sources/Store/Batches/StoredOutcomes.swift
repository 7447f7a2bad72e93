internal import Domain
internal import JSON

/// The outcomes of a batch as its row keeps them, so that it can be answered again: `{"retiered": 0, "outcomes": ["inserted",
/// [{"code": …, "field": …, "message": …}, …], …]}`.
enum StoredOutcomes {
    static func write(_ result: BatchResult) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("retiered", Int64(result.retiered))
            writer.key("outcomes")
            writer.array { writer in
                for outcome in result.outcomes {
                    switch outcome {
                    case .inserted, .updated, .unchanged, .stale, .blocked, .erased: writer.string(outcome.name)
                    case .rejected(let faults): writer.array { writer in for fault in faults { write(fault, &writer) } }
                    }
                }
            }
        }
        return writer.bytes
    }

    private static func write(_ fault: ItemFault, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("code", fault.code.rawValue)
            writer.member("field", fault.field)
            writer.member("message", fault.message)
        }
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
        case .string("inserted"): .inserted
        case .string("updated"): .updated
        case .string("unchanged"): .unchanged
        case .string("stale"): .stale
        case .string("blocked"): .blocked
        case .string("erased"): .erased
        case .array(let faults): .rejected(try faults.map(fault))
        // Before an item could have several, its fault stood there by itself.
        case .object: .rejected([try fault(value)])
        default: throw Unreadable()
        }
    }

    private static func fault(_ value: JSONValue) throws -> ItemFault {
        guard case .object(let fault) = value, case .string(let name)? = fault["code"], let code = ItemFault.Code(rawValue: name),
            case .string(let message)? = fault["message"]
        else { throw Unreadable() }
        var field: String?
        if case .string(let name)? = fault["field"] { field = name }
        return ItemFault(code, field: field, message)
    }

    struct Unreadable: Error {}
}
