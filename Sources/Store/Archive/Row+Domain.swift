internal import Domain
internal import Postgres

extension SQL.StringInterpolation {
    /// `timestamptz`
    mutating func appendInterpolation(moment value: Timestamp?) { appendInterpolation(timestamp: value?.microseconds) }
    /// `timestamptz[]`
    mutating func appendInterpolation(momentArray value: [Timestamp?]) {
        appendInterpolation(timestampArray: value.map { $0?.microseconds })
    }
}

extension RowReader {
    /// `timestamptz`
    mutating func moment() throws -> Timestamp { Timestamp(microseconds: try timestamp()) }
    /// The same, or nil for NULL.
    mutating func momentOrNil() throws -> Timestamp? { try timestampOrNil().map(Timestamp.init(microseconds:)) }

    /// A text as a value of a closed set, which a constraint of the schema guards.
    mutating func value<Value: RawRepresentable<String>>(_: Value.Type = Value.self) throws -> Value {
        guard let value = Value(rawValue: try text()) else { throw UnknownValue(column: lastColumnName) }
        return value
    }

    /// The value of a column of `posts`; nil for NULL.
    mutating func cellOrNil(of column: PostColumn) throws -> Cell? {
        switch column.kind {
        case .url, .handle, .text, .tier: try textOrNil().map(Cell.text)
        case .counter, .delta: try int64OrNil().map(Cell.integer)
        case .boolean: try boolOrNil().map(Cell.boolean)
        case .timestamp: try momentOrNil().map(Cell.timestamp)
        }
    }

    /// The tier of an author, who may have none.
    mutating func tierOrNil() throws -> WatchTier? { try textOrNil().flatMap(WatchTier.init) }

    /// The key of a snapshot, in three columns.
    mutating func snapshotKey() throws -> MetricsSnapshot.Key {
        MetricsSnapshot.Key(statusID: try text(), type: try value(), at: try moment())
    }

    /// The four counters.
    mutating func counters() throws -> Counters {
        Counters(likes: try int64(), reposts: try int64(), replies: try int64(), views: try int64())
    }

    /// The velocity in two columns, views first; nil when there is none.
    mutating func velocityOrNil() throws -> Velocity? {
        let (views, likes) = (try int64OrNil(), try int64OrNil())
        guard let views, let likes else { return nil }
        return Velocity(views: views, likes: likes)
    }
}

/// The schema allows a value that this program does not know.
struct UnknownValue: Error, CustomStringConvertible {
    var column: String
    var description: String { "column \(column) holds a value that this program does not know" }
}
