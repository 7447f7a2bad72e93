internal import Domain
internal import JSON

/// Reads the members of one item, each by its rule, and notes every fault and the members that are not read.
struct ItemReader {
    private let object: JSONObject
    private var isRead: [Bool]
    /// Where the next member probably is: collectors send them in one order.
    private var guess = 0
    /// What is wrong with the item; it is sound when nothing is.
    private(set) var faults: [ItemFault] = []
    /// The moments that were read, for an item that has faults already and may have one more.
    private(set) var moments: [(member: String, moment: Timestamp)] = []

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

    /// The value of `name` by `rule`, which says what it has to be; absent and null are told apart. What breaks the rule is a fault, and
    /// read as absent.
    mutating func optional<Value>(_ name: String, _ rule: FieldRule<Value>) -> Patch<Value> {
        guard let value = value(of: name) else { return .absent }
        if value == .null { return .null }
        if let read = rule.read(value) { return .value(read) }
        refuse(.invalidValue, name, "\(name) has to be \(rule.demand).")
        return .absent
    }

    /// The value of `name`; nil with a fault when there is none.
    mutating func required<Value>(_ name: String, _ rule: FieldRule<Value>) -> Value? {
        let value = optional(name, rule)
        demand(name, value)
        return value.value
    }

    /// Notes that `name` is missing when it has neither the value that was read nor a fault.
    mutating func demand(_ name: String, _ read: Patch<some Any>) {
        if read.value == nil, faults.last?.field != name { refuse(.missingField, name, "\(name) is required.") }
    }

    /// Notes a fault.
    mutating func refuse(_ code: ItemFault.Code, _ name: String, _ message: String) {
        faults.append(ItemFault(code, field: name, message))
    }

    private mutating func value(of name: String) -> JSONValue? {
        let members = object.members
        // Names are ASCII. Most differ in length, which is compared in no time; a member that is missing is compared with all of them.
        let length = name.utf8.count
        for place in members.indices {
            let index = (guess + place) % members.count
            guard members[index].name.utf8.count == length, members[index].name == name else { continue }
            isRead[index] = true
            guess = index + 1
            return members[index].value
        }
        return nil
    }
}

extension ItemReader {
    /// As `optional`, for a moment.
    mutating func optionalMoment(_ name: String) -> Patch<Timestamp> {
        let moment = optional(name, .timestamp)
        if case .value(let value) = moment { moments.append((name, value)) }
        return moment
    }

    /// As `required`, for a moment.
    mutating func requiredMoment(_ name: String) -> Timestamp? {
        let moment = required(name, .timestamp)
        if let moment { moments.append((name, moment)) }
        return moment
    }
}
