extension [UInt8] {
    /// Appends `value` divided by 10 to the power of `places`, exactly: no floating point, no trailing zeros.
    public mutating func append(decimal value: Int64, places: Int = 0) {
        // 19 digits, a sign, a point, and as many zeros as there are places.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 21 + places) { digits in
            var start = digits.count
            func put(_ byte: UInt8) {
                start -= 1
                digits[start] = byte
            }
            var (rest, place) = (value.magnitude, 0)
            repeat {
                let digit = UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
                // Zeros at the end of the fraction say nothing.
                if place >= places || digit != 0 || start < digits.count { put(0x30 + digit) }
                place += 1
                if place == places, start < digits.count { put(UInt8(ascii: ".")) }
            } while rest != 0 || place <= places
            if value < 0 { put(UInt8(ascii: "-")) }
            append(contentsOf: UnsafeMutableBufferPointer(rebasing: digits[start...]))
        }
    }
}
