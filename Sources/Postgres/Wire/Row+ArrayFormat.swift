extension Row {
    func array<Element>(
        _ column: Int, _ expected: String, _ types: [OID], _ element: (UnsafeRawBufferPointer, OID) -> Element?
    ) throws -> [Element?] {
        try required(column, read(column, expected, types) { bytes, type in elements(bytes, type, element) })
    }

    func complete<Element>(_ column: Int, _ elements: [Element?]) throws -> [Element] {
        try elements.map { try required(column, $0) }
    }

    /// `array_send`: number of dimensions, has-nulls flag, element OID, then per dimension its length and lower bound,
    /// then each element with its length in front, -1 for NULL. nil when there is more than one dimension, or an
    /// element `element` returns nil for.
    private func elements<Element>(
        _ bytes: UnsafeRawBufferPointer, _ type: OID, _ element: (UnsafeRawBufferPointer, OID) -> Element?
    ) -> [Element?]? {
        let header = 12, dimension = 8
        guard let dimensions = bytes.integer(as: Int32.self) else { return nil }
        if dimensions == 0 { return [] }
        guard dimensions == 1, let count = bytes.integer(at: header, as: Int32.self), count >= 0 else { return nil }
        var result: [Element?] = []
        result.reserveCapacity(min(Int(count), bytes.count / 4))
        var offset = header + dimension
        for _ in 0..<count {
            guard let length = bytes.integer(at: offset, as: Int32.self) else { return nil }
            offset += 4
            guard length >= 0 else {
                result.append(nil)
                continue
            }
            let end = offset + Int(length)
            guard end <= bytes.count else { return nil }
            guard let value = element(UnsafeRawBufferPointer(rebasing: bytes[offset..<end]), type) else { return nil }
            result.append(value)
            offset = end
        }
        return result
    }
}
