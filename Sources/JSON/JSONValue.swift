/// A JSON value as it was written (RFC 8259). Numbers stay text, so that no id, counter or vector element passes through
/// a floating-point number; members keep their order.
public enum JSONValue: Hashable, Sendable {
    case null
    case boolean(Bool)
    /// The number's text, for example `1.50e3`.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

/// The members of a JSON object, in the order in which they were written; no name occurs twice.
public struct JSONObject: Hashable, Sendable {
    public var members: [Member]

    /// A name with its value.
    public struct Member: Hashable, Sendable {
        public var name: String
        public var value: JSONValue

        public init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    public init(members: [Member] = []) {
        self.members = members
    }

    /// The value of the member `name`, nil when there is none.
    public subscript(name: String) -> JSONValue? {
        members.first { $0.name == name }?.value
    }
}

extension JSONValue {
    /// What kind of value it is, in the words of a message: `a string`, `null`, …
    public var kind: String {
        switch self {
        case .null: "null"
        case .boolean: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
