internal import Domain

extension PostState {
    /// Reads a PostUpsert.
    init(_ item: inout ItemReader) throws(ItemFault) {
        let id = try item.required("status_id", .key)
        let (discoveredAt, lastSeenAt) = (try item.required("discovered_at", .timestamp), try item.required("last_seen_at", .timestamp))
        var carried: PerColumn<Cell> = [:]
        for column in PostColumn.allCases {
            let name = column.rawValue
            let cell: Presence<Cell> =
                switch column.kind {
                case .url: try item.optional(name, .webAddress).map(Cell.text)
                case .handle: try item.optional(name, .handle).map(Cell.text)
                case .text: try item.optional(name, .text).map(Cell.text)
                case .tier: try item.optional(name, .tier).map { .text($0.rawValue) }
                case .boolean: try item.optional(name, .boolean).map(Cell.boolean)
                case .timestamp: try item.optional(name, .timestamp).map(Cell.timestamp)
                case .counter: try item.optional(name, .counter).map(Cell.integer)
                case .delta: try item.optional(name, .delta).map(Cell.integer)
                }
            switch cell {
            case .absent: break
            case .null: carried[column] = .null
            case .value(let value): carried[column] = value
            }
            if PostColumn.required.contains(column), cell.value == nil {
                throw ItemFault(.missingField, field: name, "\(name) is required.")
            }
        }
        self.init(statusID: id, discoveredAt: discoveredAt, lastSeenAt: lastSeenAt, carried: carried)
    }
}

extension Presence {
    fileprivate func map<Other>(_ transform: (Value) -> Other) -> Presence<Other> {
        switch self {
        case .absent: .absent
        case .null: .null
        case .value(let value): .value(transform(value))
        }
    }
}
