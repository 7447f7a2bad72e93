/// A table of a snapshot, or a relation in its place.
struct SourceRelation: Hashable, Sendable {
    enum Kind: Sendable {
        case table, view
        /// A part of a virtual table.
        case shadow
        /// A file of a folder in another format than JSON Lines.
        case otherForm
    }

    /// Its name in the snapshot, to the letter.
    var name: String
    /// The name that a person gives it; of a file that without what tells its form.
    var title: String
    var kind: Kind = .table
}

/// Which relation of a snapshot is read as which table.
struct TableBinding {
    /// The tables that are there, in the order of the import, each with the name that it has in this snapshot.
    let tables: [SourceTable]
    /// The tables that are not there though an import would read them.
    let missing: [SourceTable]
    /// The relations that are not read, in the order of names. Views are left out: their rows are those of tables.
    let leftBehind: [SourceRelation]

    init(_ relations: [SourceRelation]) {
        var (tables, missing): ([SourceTable], [SourceTable]) = ([], [])
        for table in SourceTable.all {
            let same = relations.filter { ($0.kind == .table || $0.kind == .view) && SourceName.folded($0.title) == table.name }
            // To the letter before what is only taken for it, a table before a view.
            let ranked = same.min { Self.rank($0, table) < Self.rank($1, table) }
            if let ranked { tables.append(table.stored(as: ranked.name)) } else { missing.append(table) }
        }
        let read = Set(tables.map(\.stored))
        self.tables = tables
        self.missing = missing
        leftBehind = relations.filter { !read.contains($0.name) && $0.kind != .view }.sorted { $0.name < $1.name }
    }

    private static func rank(_ relation: SourceRelation, _ table: SourceTable) -> Int {
        (relation.title == table.name ? 0 : SourceName.lowered(relation.title) == table.name ? 1 : 2) * 2 + (relation.kind == .view ? 1 : 0)
    }
}
