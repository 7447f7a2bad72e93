import Domain
import Store
import Testing

extension PostgresArchive {
    /// All changes from `place` on, in pages of `limit`, as text.
    func told(from place: ChangePlace = .beginning, limit: Int = 10) async throws -> [String] {
        try await told(from: ChangeCursor(place), limit: limit)
    }

    func told(from start: ChangeCursor, limit: Int) async throws -> [String] {
        var (told, cursor) = ([String](), start)
        while let page = try await changes(from: cursor, limit: limit) {
            #expect(page.changes.count == limit || !page.hasMore || page.next.firstRead != cursor.firstRead)
            #expect(page.changes.isEmpty || page.next == page.changes.last?.next)
            told += page.changes.map(\.text)
            cursor = page.next
            if !page.hasMore { return told }
        }
        Issue.record("\(cursor) is no place")
        return told
    }
}

extension Change {
    var text: String {
        switch row {
        case .post(let id, let post):
            (["post", id, post.map { "\($0.counters.likes)" } ?? "gone"]
                + [
                    post?.watchTier?.rawValue, post?.reportedAt.map { _ in "reported" },
                ].compactMap(\.self)).joined(separator: " ")
        case .metrics(let key, let snapshot):
            "metrics \(key.statusID) \(key.type.rawValue) \(key.at.microseconds) \(snapshot.map { "\($0.counters.likes)" } ?? "gone")"
        case .report(let id, let report): "report \(id) \(report.map { "\($0.reportedAt.microseconds)" } ?? "gone")"
        }
    }
}
