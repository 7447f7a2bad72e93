/// Where what the archive says of a post comes from.
public struct Provenance: Hashable, Sendable {
    public var statusID: String
    /// The batch that brought the post, and the one that changed it last.
    public var insertedBy: Int64?
    public var updatedBy: Int64?
    /// In the order of the table.
    public var fields: [Field]
    /// Whether X still has the post, as the newest observation told that told it, and the batch that it came with; nil when none did.
    public var gone: Gone?
    public var goneToldBy: Int64?
    /// Oldest first.
    public var earlierTexts: [EarlierText]
    /// Whether there are still earlier texts, which are left out.
    public var isPartial = false

    /// The origin of one column.
    public struct Field: Hashable, Sendable {
        public var column: PostColumn
        /// When the value was observed; nil when no observation has carried it.
        public var observedAt: Timestamp?
        /// The batch or import that set it; nil when none has.
        public var batchID: Int64?

        public init(column: PostColumn, observedAt: Timestamp?, batchID: Int64?) {
            self.column = column
            self.observedAt = observedAt
            self.batchID = batchID
        }
    }

    /// A text that was replaced, when, and by which batch.
    public struct EarlierText: Hashable, Sendable {
        public var text: String?
        public var replacedAt: Timestamp
        public var replacedBy: Int64?

        public init(text: String?, replacedAt: Timestamp, replacedBy: Int64?) {
            self.text = text
            self.replacedAt = replacedAt
            self.replacedBy = replacedBy
        }
    }

    public init(statusID: String, insertedBy: Int64?, updatedBy: Int64?, fields: [Field], earlierTexts: [EarlierText]) {
        self.statusID = statusID
        self.insertedBy = insertedBy
        self.updatedBy = updatedBy
        self.fields = fields
        self.earlierTexts = earlierTexts
    }
}
