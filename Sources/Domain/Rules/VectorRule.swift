/// A vector is a JSON array of finite numbers.
public enum VectorRule {
    /// The number of elements; nil when `value` is not such an array.
    public static func dimensions(_ value: JSONValue) -> Int? {
        guard case .array(let elements) = value else { return nil }
        let allFinite = elements.allSatisfy { element in
            guard case .number(let text) = element, let number = Double(text) else { return false }
            return number.isFinite
        }
        return allFinite ? elements.count : nil
    }
}
