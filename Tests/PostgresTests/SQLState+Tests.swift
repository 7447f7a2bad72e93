import Postgres

/// Codes that only tests look for.
extension SQLState {
    static let characterNotInRepertoire = Self(rawValue: "22021")
    static let checkViolation = Self(rawValue: "23514")
    static let invalidPassword = Self(rawValue: "28P01")
    static let invalidTextRepresentation = Self(rawValue: "22P02")
    static let notNullViolation = Self(rawValue: "23502")
    static let syntaxError = Self(rawValue: "42601")
    static let undefinedDatabase = Self(rawValue: "3D000")
    static let uniqueViolation = Self(rawValue: "23505")
}
