internal import Domain
internal import JSON

/// Rows of CSV (RFC 4180): CRLF after each, quotes where they are needed, and no cell that a spreadsheet takes for a formula.
///
/// An absent value is an empty cell, an empty text is `""`. Numbers, times and truth values are written as they are. A text that
/// could be a formula gets an apostrophe in front (`SpreadsheetFormula`).
struct CSVWriter: MemberWriting {
    private(set) var bytes: [UInt8] = []
    private var isFirst = true

    /// - Parameter capacity: bytes to set aside at once.
    init(capacity: Int = 1_024) {
        bytes.reserveCapacity(capacity)
    }

    mutating func endRow() {
        bytes.append(UInt8(ascii: "\r"))
        bytes.append(UInt8(ascii: "\n"))
        isFirst = true
    }

    mutating func member(_ name: String, _ value: String?) {
        separate()
        guard var value else { return }
        value.withUTF8 { utf8 in
            let isFormula = SpreadsheetFormula.isPossible(utf8)
            guard utf8.isEmpty || utf8.contains(where: Self.needsQuotes) else {
                if isFormula { bytes.append(UInt8(ascii: "'")) }
                bytes.append(contentsOf: utf8)
                return
            }
            bytes.append(UInt8(ascii: "\""))
            if isFormula { bytes.append(UInt8(ascii: "'")) }
            for byte in utf8 {
                if byte == UInt8(ascii: "\"") { bytes.append(byte) }
                bytes.append(byte)
            }
            bytes.append(UInt8(ascii: "\""))
        }
    }

    mutating func member(_ name: String, _ value: Int64?) {
        member(name, value, places: 0)
    }

    mutating func member(_ name: String, _ value: Int64?, places: Int) {
        separate()
        if let value { bytes.append(decimal: value, places: places) }
    }

    mutating func member(_ name: String, _ value: Bool?) {
        separate()
        if let value { bytes.append(contentsOf: (value ? "true" : "false").utf8) }
    }

    mutating func member(_ name: String, _ value: Timestamp?) {
        separate()
        guard let value else { return }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 27) { buffer in
            let count = value.write(iso8601: buffer)
            bytes.append(contentsOf: buffer[..<count])
        }
    }

    private mutating func separate() {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
    }

    private static func needsQuotes(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\r"), UInt8(ascii: "\n"): true
        default: false
        }
    }
}
