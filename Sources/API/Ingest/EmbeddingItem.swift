internal import Domain

extension EmbeddingUpsert {
    /// Reads an EmbeddingUpsert. The vector is `vector`, or `vector_json` as an array or as the text of one.
    init(_ item: inout ItemReader) throws(ItemFault) {
        let id = try item.required("status_id", .key)
        let (first, second) = (try item.optional("vector", .vector).value, try item.optional("vector_json", .vector).value)
        guard let vector = first ?? second else { throw ItemFault(.missingField, field: "vector", "vector or vector_json is required.") }
        if let first, let second, first != second {
            throw ItemFault(.invalidValue, field: "vector_json", "vector and vector_json differ; send one of them.")
        }
        let dims = try item.optional("dims", .counter).value ?? 0
        guard dims == 0 || dims == Int64(vector.dimensions) else {
            throw ItemFault(.invalidValue, field: "dims", "dims is \(dims), but the vector has \(vector.dimensions) elements.")
        }
        self.init(
            statusID: id, backend: try item.required("backend", .text), model: try item.required("model", .text),
            dims: Int64(vector.dimensions), vectorJSON: vector.json, textHash: try item.required("text_hash", .text),
            createdAt: try item.optional("created_at", .timestamp).value, updatedAt: try item.optional("updated_at", .timestamp).value)
    }
}

/// A vector as it was written.
struct Vector: Hashable, Sendable {
    var json: String
    var dimensions: Int
}

extension FieldRule where Value == Vector {
    fileprivate static let vector = FieldRule(demand: "an array of finite numbers") { value in
        var array = value
        if case .string(let text) = value {
            guard let read = try? JSONReader.read(text) else { return nil }
            array = read
        }
        guard let dimensions = VectorRule.dimensions(array) else { return nil }
        var writer = JSONWriter()
        writer.value(array)
        return Vector(json: String(decoding: writer.bytes, as: UTF8.self), dimensions: dimensions)
    }
}
