internal import Domain
internal import Postgres

/// One condition on `posts AS p`, and what it takes to find the posts that pass it.
struct Predicate: Sendable {
    /// For a statement that may take them in any order.
    let sql: SQL
    let index: Index
    /// How long one post is checked for it, in nanoseconds, as measured on one core.
    let cost: Int
    /// The same as `sql`, written so that it can only be checked post by post.
    let check: SQL

    /// What leads to the posts that pass, without going through those that do not.
    enum Index: Sendable {
        case none
        /// A range of the index in this order.
        case range(PostSort)
        /// For each of these a part of an index, in the order of discovery. One of them holds for each post that passes; `cost` is how
        /// long it takes to read one, in nanoseconds.
        case parts([Part], cost: Int)
        /// Trigrams, `posts_search`, which may lead to many more than pass.
        case trigrams
        /// One that can only count them: there are as many as rows of this relation.
        case counted(SQL)
    }

    /// The posts with one value in a column, of which there is an index by that column, the moment of discovery and the id.
    struct Part: Sendable {
        let column: SQL
        let value: SQL
        var condition: SQL { "\(column) = \(value)" }
    }

    init(_ sql: SQL, index: Index = .none, cost: Int = 50, check: SQL? = nil) {
        self.sql = sql
        self.index = index
        self.cost = cost
        self.check = check ?? sql
    }

    /// Whether the index of `sort` leads to no post that fails.
    func isRange(of sort: PostSort) -> Bool { if case .range(sort) = index { true } else { false } }

    /// The parts of an index that lead to those that pass, each in the order of `sort`.
    func parts(in sort: PostSort) -> (parts: [Part], cost: Int)? {
        if sort == .discovered, case .parts(let parts, let cost) = index { (parts, cost) } else { nil }
    }

    var usesTrigrams: Bool { if case .trigrams = index { true } else { false } }

    /// The rows of which there are as many as posts that pass, where an index can count them.
    var countable: SQL? {
        switch index {
        case .none, .trigrams: nil
        case .range, .parts: "posts AS p WHERE \(sql)"
        case .counted(let rows): rows
        }
    }
}
