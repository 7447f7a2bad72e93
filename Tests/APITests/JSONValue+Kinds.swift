import JSON

/// What an answer holds, where it holds that: for `#require`.
extension JSONValue {
    var text: String? { if case .string(let text) = self { text } else { nil } }
    var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
    var object: JSONObject? { if case .object(let object) = self { object } else { nil } }
}
