import CLibPQ

extension Session {
    /// Sends a statement whose rows are to arrive one by one. Source: "Retrieving Query Results Row-by-Row".
    func startStream(sql: String, parameters: [Parameter]) throws(PostgresError) {
        try encoder.encode(parameters, statement: statement)
        try send(sql)
        guard PQsetSingleRowMode(try live()) == 1 else { throw libpqError(.protocolViolation) }
        try flush()
        streamParameters = parameters
    }

    /// The next rows, at most `limit` and not many more bytes than `chunkSize`; none after the last one.
    func nextChunk<Output>(of statement: Statement<Output>, limit: Int) throws -> [Output] {
        var rows: [Output] = []
        var size = 0
        while rows.count < limit, size < Self.chunkSize, let result = try nextResult() {
            switch result.status {
            case PGRES_SINGLE_TUPLE:
                rows.append(try statement.decode(result.row(0, of: statement.name)))
                size += PQresultMemorySize(result.pointer)
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: break
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                throw misplacedCopy
            default:
                discardResults()
                throw failure(result, streamParameters)
            }
        }
        return rows
    }

    /// Bytes of rows after which a chunk ends, as libpq counts them.
    private static let chunkSize = 1 << 20

    /// Gives the server its time anew, unless it was told to stop already.
    func restartDeadline(_ timeout: Duration?) {
        if interruption == nil { deadline = Deadline(in: timeout ?? options.statementTimeout) }
    }

    /// Whether the server has nothing left to do or to say.
    var isQuiet: Bool {
        guard let connection else { return true }
        return PQtransactionStatus(connection) != PQTRANS_ACTIVE
    }
}
