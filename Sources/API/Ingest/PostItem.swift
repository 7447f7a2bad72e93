internal import Domain

extension PostObservation {
    /// Reads a PostUpsert; nil when the item has faults.
    init?(_ item: inout ItemReader) {
        let (id, discovered) = (item.required("status_id", .key), item.optionalMoment("discovered_at"))
        if discovered == .null { item.refuse(.missingField, "discovered_at", "discovered_at is a moment, or left out; null is neither.") }
        let lastSeenAt = item.requiredMoment("last_seen_at")
        var carried: ColumnMap<Cell> = [:]
        for column in PostColumn.allCases {
            let name = column.rawValue
            let cell: Patch<Cell> =
                switch column.kind {
                case .url: item.optional(name, .webAddress).map(Cell.text)
                case .handle: item.optional(name, .handle).map(Cell.text)
                case .text: item.optional(name, .text).map(Cell.text)
                case .tier: item.optional(name, .tier).map { .text($0.rawValue) }
                case .boolean: item.optional(name, .boolean).map(Cell.boolean)
                case .timestamp: item.optionalMoment(name).map(Cell.timestamp)
                case .counter: item.optional(name, .counter).map(Cell.integer)
                case .delta: item.optional(name, .delta).map(Cell.integer)
                }
            if PostColumn.required.contains(column) { item.demand(name, cell) }
            switch cell {
            case .absent: break
            case .null: carried[column] = .null
            case .value(let value): carried[column] = value
            }
        }
        let gone = item.optionalMoment("gone_at")
        guard item.faults.isEmpty, let id, let lastSeenAt else { return nil }
        self.init(statusID: id, discoveredAt: discovered.value ?? lastSeenAt, lastSeenAt: lastSeenAt, carried: carried)
        tellsDiscovery = discovered.isPresent
        switch gone {
        case .absent: break
        case .null: self.gone = Gone(at: nil, toldAt: lastSeenAt)
        case .value(let moment): self.gone = Gone(at: moment, toldAt: lastSeenAt)
        }
    }
}

extension Patch {
    fileprivate func map<Other>(_ transform: (Value) -> Other) -> Patch<Other> {
        switch self {
        case .absent: .absent
        case .null: .null
        case .value(let value): .value(transform(value))
        }
    }
}
