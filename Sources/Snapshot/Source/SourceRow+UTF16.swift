extension SourceRow {
    /// Appends a text as UTF-8, with each surrogate that stands alone as the three bytes that UTF-8 forbids, so that the rule for text
    /// sees it.
    ///
    /// - Parameter isWhole: false when half a unit was left over behind the last one.
    mutating func append(utf16 units: UnsafeBufferPointer<UInt16>, isWhole: Bool) {
        guard takes(units.count) else {
            append(tooLong: String(decoding: units.prefix(200), as: UTF16.self).utf8, bytes: units.count * 2)
            return
        }
        let start = bytes.count
        var position = 0
        while position < units.count {
            let unit = units[position]
            position += 1
            if UTF16.isLeadSurrogate(unit), position < units.count, UTF16.isTrailSurrogate(units[position]) {
                let scalar = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(units[position]) - 0xDC00)
                bytes += [UInt8(0xF0 | scalar >> 18), continuation(scalar >> 12), continuation(scalar >> 6), continuation(scalar)]
                position += 1
            } else if unit < 0x80 {
                bytes.append(UInt8(unit))
            } else if unit < 0x800 {
                bytes += [UInt8(0xC0 | unit >> 6), continuation(UInt32(unit))]
            } else {
                bytes += [UInt8(0xE0 | unit >> 12), continuation(UInt32(unit) >> 6), continuation(UInt32(unit))]
            }
        }
        if !isWhole { bytes.append(0xFF) }
        cells.append(.text(start..<bytes.count))
    }

    private func continuation(_ value: UInt32) -> UInt8 { UInt8(0x80 | value & 0x3F) }
}
