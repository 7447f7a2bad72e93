internal import Domain

/// Reads the members of one item, each by its rule, and notes those that nobody reads.
struct ItemReader {
    private let object: JSONObject
    private(set) var known: Set<String> = []

    /// - Throws: `ItemFault` when `value` is no object.
    init(_ value: JSONValue) throws(ItemFault) {
        guard case .object(let object) = value else {
            throw ItemFault(.invalidItem, "An item is a JSON object; this is \(value.kind).")
        }
        self.object = object
    }

    /// The members that were sent and not read.
    var ignored: [String] { object.members.map(\.name).filter { !known.contains($0) } }

    /// The value of `name` by `rule`, which says what it has to be; absent and null are told apart.
    mutating func optional<Value>(_ name: String, _ rule: FieldRule<Value>) throws(ItemFault) -> Presence<Value> {
        known.insert(name)
        guard let value = object[name] else { return .absent }
        if value == .null { return .null }
        guard let read = rule.read(value) else {
            throw ItemFault(.invalidValue, field: name, "\(name) has to be \(rule.demand).")
        }
        return .value(read)
    }

    mutating func required<Value>(_ name: String, _ rule: FieldRule<Value>) throws(ItemFault) -> Value {
        guard let value = try optional(name, rule).value else {
            throw ItemFault(.missingField, field: name, "\(name) is required.")
        }
        return value
    }
}
