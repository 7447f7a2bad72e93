/// Members whose absence is written as `null`, never left out.
extension JSONWriter {
    /// A string, or null.
    public mutating func member(_ name: String, _ value: String?) {
        key(name)
        if let value { string(value) } else { null() }
    }

    /// A number in full, or null.
    public mutating func member(_ name: String, _ value: Int64?) {
        key(name)
        if let value { integer(value) } else { null() }
    }

    /// `value` divided by 10 to the power of `places`.
    public mutating func member(_ name: String, _ value: Int64?, places: Int) {
        key(name)
        if let value { decimal(value, places: places) } else { null() }
    }

    /// A boolean, or null.
    public mutating func member(_ name: String, _ value: Bool?) {
        key(name)
        if let value { boolean(value) } else { null() }
    }
}
