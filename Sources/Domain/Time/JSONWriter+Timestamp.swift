public import JSON

extension JSONWriter {
    /// A timestamp in its canonical form, as a string.
    public mutating func timestamp(_ value: Timestamp) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 27) { buffer in
            let count = value.write(iso8601: buffer)
            string(ascii: UnsafeBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// A timestamp, or `null`.
    public mutating func member(_ name: String, _ value: Timestamp?) {
        key(name)
        if let value { timestamp(value) } else { null() }
    }
}
