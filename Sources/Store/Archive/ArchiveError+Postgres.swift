internal import Domain
internal import Postgres

extension ArchiveError {
    /// What a failed statement means to the archive's callers. The texts are for the log.
    init(_ error: any Error) {
        switch error {
        case let error as ArchiveError: self = error
        case let error as PostgresError where error.isTransient: self = .unavailable(LoggedFault(error))
        case let error as PostgresError: self = Self(error)
        default: self = .fault("\(error)")
        }
    }

    private init(_ error: PostgresError) {
        var fault = LoggedFault(error)
        switch error.sqlState {
        case .undefinedTable?, .undefinedColumn?, .undefinedFunction?, .undefinedObject?, .invalidSchemaName?:
            self = .outdatedSchema(fault)
        case .insufficientPrivilege?:
            // A role that is mended needs no restart of the server.
            fault.text += ". The server's database role lacks a privilege; GRANT it, and the next request has it."
            self = .unavailable(fault)
        default: self = .fault(fault)
        }
    }
}

extension LoggedFault {
    init(_ error: PostgresError) {
        self.init("\(error)", statement: error.statementName, sqlState: error.sqlState?.rawValue)
        role = error.role
    }
}
