/// Why a text is not JSON, and at which byte.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    public var reason: String
    /// Bytes before the fault.
    public var offset: Int

    public var description: String { "\(reason) at byte \(offset)" }
}

/// Reads one JSON text strictly as RFC 8259 has it: UTF-8 without a byte order mark, nothing behind the value, no
/// duplicate member, no lone surrogate, and no more than `maximumDepth` levels, so that no input can exhaust the stack.
public struct JSONReader {
    /// Levels of nesting; no document of this project has more than four.
    public static let maximumDepth = 64

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    /// The members of the object that was read last. The objects of an array mostly have the same names in the same order: such
    /// a name is neither read anew nor looked for among those before it.
    private var pattern: [JSONObject.Member] = []

    /// Reads `text`.
    public static func read(_ text: String) throws(JSONError) -> JSONValue {
        try read(Array(text.utf8))
    }

    /// Reads `bytes`.
    public static func read(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
        let result: Result<JSONValue, JSONError> = bytes.withUnsafeBufferPointer { buffer in
            do throws(JSONError) { return .success(try read(buffer)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// Reads `bytes`, which have to stay in place until it returns.
    public static func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) -> JSONValue {
        var reader = JSONReader(bytes: bytes)
        reader.skipSpace()
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.position == bytes.count else { throw reader.error("unexpected text behind the value") }
        return value
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    private func error(_ reason: String) -> JSONError { JSONError(reason: reason, offset: position) }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        guard depth < Self.maximumDepth else { throw error("more than \(Self.maximumDepth) levels of nesting") }
        switch current {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), .some(0x30...0x39): return .number(try number())
        case nil: throw error("unexpected end")
        default: throw error("unexpected character")
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for index in 0..<word.utf8CodeUnitCount {
            guard current == word.utf8Start[index] else { throw error("unexpected character") }
            position += 1
        }
        return value
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
        position += 1
        var object = JSONObject()
        let pattern = pattern
        object.members.reserveCapacity(pattern.count)
        var follows = true
        var manyNames: Set<String> = []
        skipSpace()
        if current == UInt8(ascii: "}") {
            position += 1
            return .object(object)
        }
        while true {
            guard current == UInt8(ascii: "\"") else { throw error("expected a member name") }
            let start = position
            let place = object.members.count
            let name: String
            if follows, place < pattern.count, skip(quoted: pattern[place].name) {
                name = pattern[place].name
            } else {
                follows = false
                name = try string()
                // A handful of members is searched faster than hashed; a flood of them must not cost its square.
                let isDuplicate =
                    place < 48
                    ? object.members.contains { $0.name == name }
                    : {
                        if manyNames.isEmpty { manyNames = Set(object.members.map(\.name)) }
                        return !manyNames.insert(name).inserted
                    }()
                if isDuplicate {
                    position = start
                    throw error("the member \"\(name.prefix(64))\" occurs twice")
                }
            }
            skipSpace()
            guard current == UInt8(ascii: ":") else { throw error("expected a colon") }
            position += 1
            skipSpace()
            object.members.append(.init(name: name, value: try value(depth: depth + 1)))
            skipSpace()
            switch current {
            case UInt8(ascii: ","):
                position += 1
                skipSpace()
            case UInt8(ascii: "}"):
                position += 1
                self.pattern = object.members
                return .object(object)
            default: throw error("expected a comma or the end of the object")
            }
        }
    }

    /// Goes behind the string `text` if it comes next, written without escapes.
    private mutating func skip(quoted text: String) -> Bool {
        var text = text
        return text.withUTF8 { text in
            let start = position + 1
            let end = start + text.count
            guard end < bytes.count, bytes[end] == UInt8(ascii: "\""), !text.needEscapes else { return false }
            let next = UnsafeBufferPointer(rebasing: bytes[start..<end])
            var difference = UInt8(0)
            for index in text.indices { difference |= text[index] ^ next[index] }
            guard difference == 0 else { return false }
            position = end + 1
            return true
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
        position += 1
        var elements: [JSONValue] = []
        skipSpace()
        if current == UInt8(ascii: "]") {
            position += 1
            return .array(elements)
        }
        while true {
            skipSpace()
            elements.append(try value(depth: depth + 1))
            skipSpace()
            switch current {
            case UInt8(ascii: ","): position += 1
            case UInt8(ascii: "]"):
                position += 1
                return .array(elements)
            default: throw error("expected a comma or the end of the array")
            }
        }
    }

    private mutating func digits() throws(JSONError) {
        let start = position
        while let byte = current, (0x30...0x39).contains(byte) { position += 1 }
        guard position > start else { throw error("expected a digit") }
    }

    private mutating func number() throws(JSONError) -> String {
        let start = position
        if current == UInt8(ascii: "-") { position += 1 }
        if current == 0x30 { position += 1 } else { try digits() }
        if current == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func string() throws(JSONError) -> String {
        let opening = position
        position += 1
        let start = position
        while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
        guard current == UInt8(ascii: "\"") else { return try stringWithEscapes(opening: opening) }
        defer { position += 1 }
        return try text(bytes[start..<position], opening: opening)
    }

    private func text(_ slice: some Collection<UInt8>, opening: Int) throws(JSONError) -> String {
        guard let text = String(validating: slice, as: UTF8.self) else {
            throw JSONError(reason: "invalid UTF-8 in the string", offset: opening)
        }
        return text
    }

    private mutating func stringWithEscapes(opening: Int) throws(JSONError) -> String {
        position = opening + 1
        var decoded: [UInt8] = []
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return try text(decoded, opening: opening)
            case UInt8(ascii: "\\"):
                position += 1
                try escape(into: &decoded)
            case 0..<0x20: throw error("a control character in a string has to be escaped")
            default:
                decoded.append(byte)
                position += 1
            }
        }
        throw error("unexpected end")
    }

    private mutating func escape(into decoded: inout [UInt8]) throws(JSONError) {
        guard let kind = current else { throw error("unexpected end") }
        position += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(kind)
        case UInt8(ascii: "b"): decoded.append(0x08)
        case UInt8(ascii: "f"): decoded.append(0x0C)
        case UInt8(ascii: "n"): decoded.append(0x0A)
        case UInt8(ascii: "r"): decoded.append(0x0D)
        case UInt8(ascii: "t"): decoded.append(0x09)
        case UInt8(ascii: "u"):
            var code = UInt32(try hexadecimal())
            if (0xD800...0xDBFF).contains(code), current == UInt8(ascii: "\\") {
                position += 1
                guard current == UInt8(ascii: "u") else { throw error("a lone surrogate") }
                position += 1
                let low = UInt32(try hexadecimal())
                guard (0xDC00...0xDFFF).contains(low) else { throw error("a lone surrogate") }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw error("a lone surrogate") }
            decoded.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        default: throw error("unknown escape")
        }
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt16 {
        var code: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw error("expected four hexadecimal digits")
            }
            code = code << 4 | UInt16(digit)
            position += 1
        }
        return code
    }
}
