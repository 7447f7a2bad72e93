import CLibPQ

/// Source: Postgres documentation, "PQresultErrorField" and chapter "Error and Notice Message Fields".
private enum DiagnosticField {
    static let sqlState = Int32(UInt8(ascii: "C"))
    static let message = Int32(UInt8(ascii: "M"))
    static let detail = Int32(UInt8(ascii: "D"))
    static let hint = Int32(UInt8(ascii: "H"))
    static let position = Int32(UInt8(ascii: "P"))
    static let table = Int32(UInt8(ascii: "t"))
    static let column = Int32(UInt8(ascii: "c"))
    static let constraint = Int32(UInt8(ascii: "n"))
    static let sourceFunction = Int32(UInt8(ascii: "R"))
}

extension ResultSet {
    /// The error this result carries, as the server worded it.
    func error(_ kind: PostgresError.Kind, statement: String, parameters: [Parameter]) -> PostgresError {
        let message = field(DiagnosticField.message) ?? errorText
        var error = PostgresError(
            kind, message, sqlState: field(DiagnosticField.sqlState).map(SQLState.init(rawValue:)), statementName: statement)
        error.detail = field(DiagnosticField.detail)
        error.hint = field(DiagnosticField.hint)
        error.constraint = field(DiagnosticField.constraint)
        error.table = field(DiagnosticField.table)
        error.column = field(DiagnosticField.column)
        error.position = field(DiagnosticField.position).flatMap { Int($0) }
        error.loggableMessage = Redaction.loggable(message, sqlState: error.sqlState, parameters: parameters)
        error.asksToPrepareAgain = asksToPrepareAgain
        return error
    }

    /// Whether the server forgot a prepared statement, or its plan no longer fits the tables: preparing again helps.
    /// The function name is looked at because the message depends on the server's language.
    private var asksToPrepareAgain: Bool {
        switch field(DiagnosticField.sqlState) {
        case SQLState.invalidStatementName.rawValue, SQLState.duplicatePreparedStatement.rawValue: true
        case SQLState.featureNotSupported.rawValue: field(DiagnosticField.sourceFunction) == "RevalidateCachedQuery"
        default: false
        }
    }

    private func field(_ code: Int32) -> String? {
        PQresultErrorField(pointer, code).map { String(cString: $0) }
    }

    private var errorText: String {
        PQresultErrorMessage(pointer).map { String(cString: $0).singleLine } ?? "the server gave no reason"
    }
}

extension String {
    /// libpq ends its messages with a line break and puts hints on lines of their own.
    var singleLine: String {
        split(whereSeparator: \.isNewline)
            .map { line in String(line.drop(while: \.isWhitespace)) }
            .filter { !$0.isEmpty }
            .joined(separator: " ")
    }
}
