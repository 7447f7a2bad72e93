internal import Domain
internal import JSON
internal import Yams

/// The written contract, as it is written and as JSON, which a page can read without a library.
enum APIDescription {
    static let yaml: [UInt8] = PackageResources.openapi_v1_yaml

    /// Made when it is first asked for, and once: reading the document takes longer than most answers.
    /// It fails with a `YamlError` where the document is malformed.
    static let json = Result<[UInt8], any Error> {
        var writer = JSONWriter(capacity: 2 * yaml.count)
        try Yams.compose(yaml: String(decoding: yaml, as: UTF8.self))?.write(to: &writer)
        return writer.bytes
    }
}

extension Node {
    /// The same members in the same order.
    fileprivate func write(to writer: inout JSONWriter) {
        switch self {
        case .mapping(let mapping):
            writer.object { writer in
                for (key, value) in mapping {
                    writer.key(key.string ?? "")
                    value.write(to: &writer)
                }
            }
        case .sequence(let sequence): writer.array { writer in for value in sequence { value.write(to: &writer) } }
        case .scalar(let scalar): write(scalar.string, to: &writer)
        case .alias: writer.null()
        }
    }

    private func write(_ text: String, to writer: inout JSONWriter) {
        switch Tag.Name(rawValue: tag.rawValue) {
        case .null: writer.null()
        case .bool: writer.boolean(text.lowercased() == "true")
        case .int: if let number = Int64(text) { writer.integer(number) } else { writer.string(text) }
        // Written as in JSON, or it is text.
        case .float: if let value = try? JSONReader.read(text) { writer.value(value) } else { writer.string(text) }
        default: writer.string(text)
        }
    }
}
