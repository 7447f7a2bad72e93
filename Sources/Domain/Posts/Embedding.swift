/// The vector of a post's text, upserted by `statusID`.
public struct EmbeddingUpsert: Hashable, Sendable {
    public var statusID: String
    public var backend: String
    public var model: String
    /// Number of elements of the vector.
    public var dims: Int64
    /// A JSON array of `dims` finite numbers, kept as it was written.
    public var vectorJSON: String
    public var textHash: String
    public var createdAt: Timestamp?
    /// The time of the observation; nil means now.
    public var updatedAt: Timestamp?

    public init(
        statusID: String, backend: String, model: String, dims: Int64, vectorJSON: String, textHash: String,
        createdAt: Timestamp?, updatedAt: Timestamp?
    ) {
        self.statusID = statusID
        self.backend = backend
        self.model = model
        self.dims = dims
        self.vectorJSON = vectorJSON
        self.textHash = textHash
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}
