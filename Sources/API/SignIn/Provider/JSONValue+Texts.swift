internal import JSON

extension JSONValue {
    /// A text that is not empty.
    var text: String? { if case .string(let text) = self, !text.isEmpty { text } else { nil } }

    /// The texts of an array, or the one.
    var texts: [String] {
        switch self {
        case .array(let values): values.compactMap(\.text)
        default: text.map { [$0] } ?? []
        }
    }
}
