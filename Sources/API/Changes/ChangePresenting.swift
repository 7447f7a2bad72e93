internal import Domain
internal import JSON

extension Change {
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("kind", kind.rawValue)
            switch row {
            case .post(let id, let post):
                writer.member("status_id", id)
                Self.write("post", post, to: &writer) { $0.write(to: &$1) }
            case .metrics(let key, let snapshot):
                writer.member("status_id", key.statusID)
                writer.member("snapshot_type", key.type.rawValue)
                writer.member("snapshot_at", key.at)
                Self.write("snapshot", snapshot, to: &writer) { $0.write(to: &$1) }
            case .report(let id, let report):
                writer.member("status_id", id)
                Self.write("report", report, to: &writer) { $0.write(to: &$1) }
            }
        }
    }

    var kind: ChangeKind {
        switch row {
        case .post: .post
        case .metrics: .metrics
        case .report: .report
        }
    }

    /// The row, or that it is gone.
    private static func write<Row>(_ name: String, _ row: Row?, to writer: inout JSONWriter, _ write: (Row, inout JSONWriter) -> Void) {
        guard let row else { return writer.member("deleted", true) }
        writer.key(name)
        write(row, &writer)
    }
}

extension ChangePage {
    /// - Throws: `CancellationError`: long texts take their time.
    func write(to writer: inout JSONWriter) throws {
        try writer.object { writer in
            writer.key("items")
            try writer.array { writer in
                for change in changes {
                    try Task.checkCancellation()
                    change.write(to: &writer)
                }
            }
            writer.member("next", next.description)
            writer.member("has_more", hasMore)
        }
    }

    /// The changes as Server-Sent Events (WHATWG HTML, 9.2). The id of an event is the cursor after it.
    var events: [UInt8] {
        var events: [UInt8] = []
        for change in changes {
            var writer = JSONWriter(capacity: 512)
            change.write(to: &writer)
            events += Array("id: \(change.next)\nevent: \(change.kind.rawValue)\ndata: ".utf8) + writer.bytes + Array("\n\n".utf8)
        }
        return events
    }
}
