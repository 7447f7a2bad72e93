/// Lays the parameters of one statement out the way libpq wants them: parallel arrays of OIDs, pointers and lengths.
///
/// One encoder serves all statements of a connection and keeps its buffers.
struct ParameterEncoder {
    private(set) var oids: [UInt32] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []
    /// Where each value starts in `storage`; nil for NULL.
    private var offsets: [Int?] = []
    /// Never empty, so that the pointer to an empty text is not a null pointer, which would mean NULL.
    private var storage: [UInt8] = [0]
    private var pointers: [UnsafePointer<CChar>?] = []
    /// A buffer larger than this is given back after use.
    private static let keptCapacity = 1 << 20

    /// Throws `.encoding` when a value has no binary form.
    mutating func encode(_ parameters: [Parameter], statement: String) throws(PostgresError) {
        reset()
        for (index, parameter) in parameters.enumerated() {
            oids.append(parameter.type.rawValue)
            formats.append(1)
            switch parameter.content {
            case .null:
                offsets.append(nil)
                lengths.append(0)
            case .bytes(let bytes):
                guard let length = Int32(exactly: bytes.count) else { throw outOfRange(index, parameter, statement) }
                offsets.append(storage.count)
                lengths.append(length)
                storage.append(contentsOf: bytes)
            case .outOfRange: throw outOfRange(index, parameter, statement)
            }
        }
    }

    private func outOfRange(_ index: Int, _ parameter: Parameter, _ statement: String) -> PostgresError {
        PostgresError(.encoding, "parameter $\(index + 1) is out of the range of \(parameter.type)", statementName: statement)
    }

    /// What the parameter arguments of libpq's functions want.
    struct Arguments {
        let count: Int32
        let types: UnsafePointer<UInt32>?
        let values: UnsafePointer<UnsafePointer<CChar>?>?
        let lengths: UnsafePointer<Int32>?
        let formats: UnsafePointer<Int32>?
    }

    /// Calls `body` with pointers that are valid only inside.
    mutating func withArguments<Result>(_ body: (Arguments) -> Result) -> Result {
        pointers.removeAll(keepingCapacity: true)
        return storage.withUnsafeBytes { bytes in
            for offset in offsets {
                pointers.append(offset.flatMap { bytes.baseAddress?.advanced(by: $0).assumingMemoryBound(to: CChar.self) })
            }
            return oids.withUnsafeBufferPointer { types in
                pointers.withUnsafeBufferPointer { values in
                    lengths.withUnsafeBufferPointer { lengths in
                        formats.withUnsafeBufferPointer { formats in
                            body(
                                Arguments(
                                    count: Int32(clamping: types.count), types: types.baseAddress, values: values.baseAddress,
                                    lengths: lengths.baseAddress, formats: formats.baseAddress))
                        }
                    }
                }
            }
        }
    }

    private mutating func reset() {
        oids.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        formats.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        storage.removeAll(keepingCapacity: storage.capacity <= Self.keptCapacity)
        storage.append(0)
    }
}
