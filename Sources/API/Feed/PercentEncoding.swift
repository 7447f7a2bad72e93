/// Percent-encoded text of an address (RFC 3986), strictly: a malformed escape or text that is no UTF-8 is an error.
enum PercentEncoding {
    /// - Throws: `Problem` when an escape in `address` is malformed or does not give UTF-8.
    static func check(_ address: String) throws {
        for part in address.split(whereSeparator: { "/?&=".contains($0) }) { _ = try decode(part, plusIsSpace: false) }
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

    private static let malformed = Problem(.malformedURL, "The address holds a malformed percent escape or text that is no UTF-8.")

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
    }
}
