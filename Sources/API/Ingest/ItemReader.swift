internal import Domain

/// Reads the members of one item, each by its rule, and notes those that nobody reads.
struct ItemReader {
    private let object: JSONObject
    private var isRead: [Bool]
    /// Where the next member probably is: collectors send them in one order.
    private var guess = 0

    /// - Throws: `ItemFault` when `value` is no object.
    init(_ value: JSONValue) throws(ItemFault) {
        guard case .object(let object) = value else {
            throw ItemFault(.invalidItem, "An item is a JSON object; this is \(value.kind).")
        }
        self.object = object
        isRead = [Bool](repeating: false, count: object.members.count)
    }

    /// The members that were sent and not read.
    var ignored: [String] { zip(object.members, isRead).lazy.filter { !$0.1 }.map(\.0.name) }

    /// The value of `name` by `rule`, which says what it has to be; absent and null are told apart.
    mutating func optional<Value>(_ name: String, _ rule: FieldRule<Value>) throws(ItemFault) -> Presence<Value> {
        guard let value = value(of: name) else { return .absent }
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

    private mutating func value(of name: String) -> JSONValue? {
        let members = object.members
        for place in members.indices {
            let index = (guess + place) % members.count
            guard members[index].name == name else { continue }
            isRead[index] = true
            guess = index + 1
            return members[index].value
        }
        return nil
    }
}
