internal import Domain
internal import Postgres

extension ClockRule {
    /// The latest moment that is none of the future, for a statement.
    static let latest: SQL = "(now() + INTERVAL '\(number: Int(tolerance / 1_000_000)) seconds')"
}
