internal import Domain
internal import Postgres

extension ArchiveError {
    /// What a failed statement means to the archive's callers. The texts are for the log.
    init(_ error: any Error) {
        switch error {
        case let error as ArchiveError: self = error
        case let error as PostgresError where error.isTransient: self = .unavailable("\(error)")
        case let error as PostgresError: self = Self(error)
        default: self = .fault("\(error)")
        }
    }

    private init(_ error: PostgresError) {
        switch error.sqlState {
        case .undefinedTable?, .undefinedColumn?, .undefinedFunction?, .undefinedObject?, .invalidSchemaName?:
            self = .outdatedSchema("\(error)")
        case .insufficientPrivilege?:
            // A role that is mended needs no restart of the server.
            self = .unavailable("\(error). The server's database role lacks a privilege; GRANT it, and the next request has it.")
        default: self = .fault("\(error)")
        }
    }
}
