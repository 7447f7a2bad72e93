internal import Domain
internal import JSON

extension EmbeddingUpsert {
    /// Reads an EmbeddingUpsert; nil when the item has faults. The vector is `vector`, or `vector_json` as an array or as the text of one.
    init?(_ item: inout ItemReader) {
        let (id, vector) = (item.required("status_id", .key), Self.vector(&item))
        let (backend, model) = (item.required("backend", .text), item.required("model", .text))
        let textHash = item.required("text_hash", .text)
        let (createdAt, updatedAt) = (item.optionalMoment("created_at").value, item.optionalMoment("updated_at").value)
        guard item.faults.isEmpty, let id, let vector, let backend, let model, let textHash else { return nil }
        self.init(
            statusID: id, backend: backend, model: model, dims: Int64(vector.dimensions), vectorJSON: vector.json, textHash: textHash,
            createdAt: createdAt, updatedAt: updatedAt)
    }

    /// Its two forms and `dims` have to agree.
    private static func vector(_ item: inout ItemReader) -> Vector? {
        let before = item.faults.count
        let (first, second) = (item.optional("vector", .vector).value, item.optional("vector_json", .vector).value)
        let dims = item.optional("dims", .counter).value ?? 0
        guard item.faults.count == before else { return nil }
        guard let vector = first ?? second else {
            item.refuse(.missingField, "vector", "vector or vector_json is required.")
            return nil
        }
        if let first, let second, first != second {
            item.refuse(.invalidValue, "vector_json", "vector and vector_json differ; send one of them.")
        }
        if dims != 0, dims != Int64(vector.dimensions) {
            item.refuse(.invalidValue, "dims", "dims is \(dims), but the vector has \(vector.dimensions) elements.")
        }
        return vector
    }
}

/// A vector as it was written.
struct Vector: Hashable, Sendable {
    var json: String
    var dimensions: Int
}

extension FieldRule where Value == Vector {
    fileprivate static let vector = FieldRule(demand: "an array of finite numbers, of \(VectorRule.maxBytes) bytes at most") { value in
        var array = value
        if case .string(let text) = value {
            guard text.utf8.count <= VectorRule.maxBytes, let read = try? JSONReader.read(text) else { return nil }
            array = read
        }
        guard let dimensions = VectorRule.dimensions(array) else { return nil }
        var writer = JSONWriter()
        writer.value(array)
        guard writer.bytes.count <= VectorRule.maxBytes else { return nil }
        return Vector(json: writer.text, dimensions: dimensions)
    }
}
