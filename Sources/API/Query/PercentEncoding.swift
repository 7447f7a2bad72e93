internal import Encoding

/// Reads percent-encoded text of an address (RFC 3986), strictly: a malformed escape or text that is no UTF-8 is an error.
enum PercentEncoding {
    /// - Throws: `Problem` when an escape in `address` is malformed or does not give UTF-8.
    static func check(_ address: String) throws {
        // Byte by byte: letters that are made of several would take longer than all else that is done with an address.
        for part in address.utf8.split(whereSeparator: isSeparator) where part.contains(UInt8(ascii: "%")) {
            _ = try decode(Substring(part), plusIsSpace: false)
        }
    }

    /// - Parameter plusIsSpace: as in the query of a form.
    static func decode(_ text: some StringProtocol, plusIsSpace: Bool) throws -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(hexadecimal), let low = rest.next().flatMap(hexadecimal) else { throw malformed }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(0x20)
            default: bytes.append(byte)
            }
        }
        guard let decoded = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else { throw malformed }
        return decoded
    }

    /// What to say of a parameter that was refused: a space in it may have been meant as the sign of an offset. Empty where there is none.
    static func plusHint(_ text: String) -> String {
        text.contains(" ") ? " A + in an address is a space; write it as %2B." : ""
    }

    /// Escapes what is not escaped already: escapes that are well-formed stay as they are.
    ///
    /// - Parameter kept: ASCII that stays as it is besides.
    static func mend(_ text: String, keeping kept: String) -> String {
        var mended = ""
        for (index, part) in text.split(separator: "%", omittingEmptySubsequences: false).enumerated() {
            let isEscape = part.utf8.count >= 2 && part.utf8.prefix(2).allSatisfy { hexadecimal($0) != nil }
            if index > 0 { mended += isEscape ? "%" : "%25" }
            mended += String(part).percentEncoded(keeping: kept)
        }
        return mended
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "&"), UInt8(ascii: "="): true
        default: false
        }
    }

    private static let malformed = Problem(.malformedURL, "The address holds a malformed percent escape or text that is no UTF-8.")

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
    }
}
