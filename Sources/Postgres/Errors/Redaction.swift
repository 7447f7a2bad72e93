#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Takes parameter values out of server messages before they reach a log.
enum Redaction {
    static let mark = "…"
    /// Shorter values are looked for in quotes only: "a" or "12" is part of too many words.
    private static let shortestBareValue = 4

    /// Data exceptions quote the offending value (`invalid input syntax for type integer: "…"`), so everything quoted
    /// goes; in any other message the text parameters of the statement are looked for.
    static func loggable(_ message: String, sqlState: SQLState?, parameters: [Parameter]) -> String {
        var result = SQLState.Class.dataException ~= sqlState ? withoutQuotedText(message) : message
        for value in parameters.lazy.flatMap(\.texts) where !value.isEmpty {
            result = result.replacing("\"\(value)\"", with: "\"\(mark)\"")
            if value.utf8.count >= shortestBareValue { result = result.replacing(value, with: mark) }
        }
        return result
    }

    /// Replaces all between the first and the last quotation mark.
    static func withoutQuotedText(_ message: String) -> String {
        guard let first = message.firstIndex(of: "\""), let last = message.lastIndex(of: "\""), first < last else {
            return message
        }
        return message[...first] + mark + message[last...]
    }
}

extension Parameter {
    /// The texts a server message could repeat.
    fileprivate var texts: [String] {
        guard case .bytes(let bytes) = content else { return [] }
        return bytes.withUnsafeBytes { bytes in
            switch type {
            case Wire.text.oid, Wire.jsonb.oid: [bytes.json(type)?.text].compactMap(\.self)
            case Wire.textArray.oid: (bytes.array(of: Wire.text, type) ?? []).compactMap(\.self)
            case Wire.jsonbArray.oid: (bytes.array(of: Wire.jsonb, type) ?? []).compactMap(\.self)
            case Wire.int64.oid, Wire.int32.oid: bytes.int64.map { ["\($0)"] } ?? []
            default: []
            }
        }
    }
}
