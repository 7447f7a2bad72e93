/// When two names of tables or columns are the same to a person and to SQLite: it has no case in ASCII, and a table that was made
/// from a CSV file may have white space or a byte order mark around its names.
enum SourceName {
    /// The form in which names are compared.
    static func folded(_ name: String) -> String {
        var scalars = Substring(name).unicodeScalars
        while let first = scalars.first, isMargin(first) { scalars.removeFirst() }
        while let last = scalars.last, isMargin(last) { scalars.removeLast() }
        return lowered(String(scalars))
    }

    /// `name` without case in ASCII, as SQLite compares it.
    static func lowered(_ name: String) -> String {
        String(decoding: name.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// `name` as an identifier in SQL. GRDB's own way leaves the quotes inside it as they are.
    static func quoted(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }

    /// White space and invisible characters.
    private static func isMargin(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        return properties.isWhitespace || properties.generalCategory == .format || properties.generalCategory == .control
    }
}
