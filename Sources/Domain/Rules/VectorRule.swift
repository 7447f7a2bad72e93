public import JSON

/// A vector is a JSON array of finite numbers.
public enum VectorRule {
    /// Most bytes of a vector as JSON, 1 MB: of some 45,000 elements with all the digits of a double.
    public static let maxBytes = 1_048_576

    /// Most characters of one number; a double needs 24.
    private static let maxNumberLength = 400

    /// Up to so many characters a number without an exponent is finite, and as a double it is zero only when it is zero: doubles go from
    /// 10^-307 to 10^308.
    private static let maxPlainLength = 300

    /// The number of elements; nil when `value` is not such an array.
    public static func dimensions(_ value: JSONValue) -> Int? {
        guard case .array(let elements) = value else { return nil }
        let allFinite = elements.allSatisfy { if case .number(let text) = $0 { isFinite(text) } else { false } }
        return allFinite ? elements.count : nil
    }

    /// - Parameter text: a number of JSON.
    private static func isFinite(_ text: String) -> Bool {
        let isPlain = text.utf8.count <= maxPlainLength && !text.utf8.contains { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }
        // Most elements are, and reading them all would take a third of the time of an import.
        if isPlain { return true }
        guard text.utf8.count <= maxNumberLength, let number = Double(text) else { return false }
        // A number that is too small for a double would become 0, and for Postgres it may be too small as well.
        return number.isFinite && (number != 0 || !text.utf8.prefix { $0 != 0x65 && $0 != 0x45 }.contains { (0x31...0x39).contains($0) })
    }
}
