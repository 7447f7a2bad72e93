/// A value for some of the columns of a post: a dictionary in one small array, because every observation has one.
///
/// Frozen and inlinable, so that each target that reads or writes it has code of its own for it.
@frozen
public struct ColumnMap<Value: Hashable & Sendable>: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// By `PostColumn.index`; empty as long as no column has a value.
    @usableFromInline var values: ContiguousArray<Value?>

    @inlinable
    public init() { values = [] }

    @inlinable
    public init(dictionaryLiteral elements: (PostColumn, Value)...) {
        self.init()
        for (column, value) in elements { self[column] = value }
    }

    @inlinable
    public init(uniqueKeysWithValues elements: some Sequence<(PostColumn, Value)>) {
        self.init()
        for (column, value) in elements { self[column] = value }
    }

    @inlinable
    public subscript(column: PostColumn) -> Value? {
        get { values.isEmpty ? nil : values[column.index] }
        set {
            if values.isEmpty {
                guard newValue != nil else { return }
                values = ContiguousArray(repeating: nil, count: PostColumn.count)
            }
            values[column.index] = newValue
            if newValue == nil, values.allSatisfy({ $0 == nil }) { values = [] }
        }
    }

    @inlinable
    public var isEmpty: Bool { values.isEmpty }

    /// These values, and those of `other` where both have one.
    public func merging(_ other: Self) -> Self {
        var merged = self
        for column in PostColumn.allCases { if let value = other[column] { merged[column] = value } }
        return merged
    }
}

extension PostColumn {
    /// How many there are.
    @usableFromInline static let count = allCases.count

    /// Its place in `allCases`.
    @usableFromInline var index: Int {
        switch self {
        case .url: 0
        case .authorHandle: 1
        case .authorDisplay: 2
        case .bodyText: 3
        case .postedRelative: 4
        case .sourceQuery: 5
        case .watchTier: 6
        case .isSignificant: 7
        case .significanceReason: 8
        case .significanceVersion: 9
        case .likes: 10
        case .reposts: 11
        case .replies: 12
        case .views: 13
        case .initialLikes: 14
        case .initialReposts: 15
        case .initialReplies: 16
        case .initialViews: 17
        case .likes24h: 18
        case .reposts24h: 19
        case .replies24h: 20
        case .views24h: 21
        case .refresh24hAt: 22
        case .refresh24hStatus: 23
        case .refresh24hDeltaLikes: 24
        case .refresh24hDeltaReposts: 25
        case .refresh24hDeltaReplies: 26
        case .refresh24hDeltaViews: 27
        }
    }
}
