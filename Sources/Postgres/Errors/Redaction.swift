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
        switch self {
        case .text(let value), .jsonb(let value): [value]
        case .bytes(let value), .jsonbBytes(let value): [String(decoding: value, as: UTF8.self)]
        case .textArray(let values), .jsonbArray(let values): values.compactMap(\.self)
        case .int64(let value): ["\(value)"]
        case .int32(let value): ["\(value)"]
        case .double(let value): ["\(value)"]
        case .uuid(let value): [value.uuidString.lowercased()]
        default: []
        }
    }
}
