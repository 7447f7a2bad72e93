internal import Domain
internal import Postgres

extension ArchiveError {
    /// What a failed statement means to the archive's callers. The texts are for the log.
    init(_ error: any Error) {
        switch error {
        case let error as ArchiveError: self = error
        case let error as PostgresError where error.sqlState == .undefinedTable || error.sqlState == .undefinedColumn:
            self = .outdatedSchema("\(error)")
        case let error as PostgresError where error.isTransient: self = .unavailable("\(error)")
        default: self = .fault("\(error)")
        }
    }
}
