import CLibPQ

/// Owns one `PGresult`; cleared when the last row that looks at it is gone.
final class ResultSet {
    let pointer: OpaquePointer
    let status: ExecStatusType

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
        status = PQresultStatus(pointer)
    }

    deinit { PQclear(pointer) }

    var rowCount: Int { Int(PQntuples(pointer)) }

    /// How many rows an INSERT, UPDATE, DELETE, MERGE, SELECT or COPY touched; 0 for other commands.
    var affectedRows: Int {
        PQcmdTuples(pointer).flatMap { Int(String(cString: $0)) } ?? 0
    }

    /// The command tag, e.g. `COMMIT`.
    var commandTag: String {
        PQcmdStatus(pointer).map { String(cString: $0) } ?? ""
    }

    var isError: Bool {
        switch status {
        case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE, PGRES_NONFATAL_ERROR: true
        default: false
        }
    }

    /// Whether the server now wants to send or receive the data of a COPY.
    var isCopy: Bool {
        status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH
    }

    func row(_ index: Int, of statement: String) -> Row {
        Row(result: self, index: Int32(index), statement: statement)
    }
}
