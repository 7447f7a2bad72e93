extension SQLState.Class {
    /// 08: the connection failed or broke.
    public static let connectionException = Self(rawValue: "08")
    /// 22: a value does not fit its type.
    public static let dataException = Self(rawValue: "22")
    /// 23: a constraint was violated.
    public static let integrityConstraintViolation = Self(rawValue: "23")
    /// 25: the transaction is in the wrong state for the statement.
    public static let invalidTransactionState = Self(rawValue: "25")
    /// 28: the server refused the role or its password.
    public static let invalidAuthorization = Self(rawValue: "28")
    /// 40: the transaction was rolled back by the server.
    public static let transactionRollback = Self(rawValue: "40")
    /// 42: the statement is wrong, or the role may not run it.
    public static let syntaxErrorOrAccessRuleViolation = Self(rawValue: "42")
    /// 53: the server ran out of something.
    public static let insufficientResources = Self(rawValue: "53")
    /// 57: an operator (or a cancel request) intervened.
    public static let operatorIntervention = Self(rawValue: "57")
    /// 58: the server's system failed it, for example its disk.
    public static let systemError = Self(rawValue: "58")
}

extension SQLState {
    /// 08P01
    public static let protocolViolation = Self(rawValue: "08P01")
    /// 0A000
    public static let featureNotSupported = Self(rawValue: "0A000")
    /// 22001
    public static let stringDataRightTruncation = Self(rawValue: "22001")
    /// 22003
    public static let numericValueOutOfRange = Self(rawValue: "22003")
    /// 22021
    public static let characterNotInRepertoire = Self(rawValue: "22021")
    /// 22P02
    public static let invalidTextRepresentation = Self(rawValue: "22P02")
    /// 23502
    public static let notNullViolation = Self(rawValue: "23502")
    /// 23503
    public static let foreignKeyViolation = Self(rawValue: "23503")
    /// 23505
    public static let uniqueViolation = Self(rawValue: "23505")
    /// 23514
    public static let checkViolation = Self(rawValue: "23514")
    /// 23P01
    public static let exclusionViolation = Self(rawValue: "23P01")
    /// 25006
    public static let readOnlyTransaction = Self(rawValue: "25006")
    /// 25P02
    public static let inFailedTransaction = Self(rawValue: "25P02")
    /// 25P03
    public static let idleInTransactionTimeout = Self(rawValue: "25P03")
    /// 25P04
    public static let transactionTimeout = Self(rawValue: "25P04")
    /// 26000
    public static let invalidStatementName = Self(rawValue: "26000")
    /// 28P01
    public static let invalidPassword = Self(rawValue: "28P01")
    /// 3D000
    public static let undefinedDatabase = Self(rawValue: "3D000")
    /// 3F000
    public static let invalidSchemaName = Self(rawValue: "3F000")
    /// 40001
    public static let serializationFailure = Self(rawValue: "40001")
    /// 40P01
    public static let deadlockDetected = Self(rawValue: "40P01")
    /// 42501
    public static let insufficientPrivilege = Self(rawValue: "42501")
    /// 42601
    public static let syntaxError = Self(rawValue: "42601")
    /// 42703
    public static let undefinedColumn = Self(rawValue: "42703")
    /// 42704
    public static let undefinedObject = Self(rawValue: "42704")
    /// 42883
    public static let undefinedFunction = Self(rawValue: "42883")
    /// 42P01
    public static let undefinedTable = Self(rawValue: "42P01")
    /// 42P04
    public static let duplicateDatabase = Self(rawValue: "42P04")
    /// 42P07
    public static let duplicateTable = Self(rawValue: "42P07")
    /// 53100
    public static let diskFull = Self(rawValue: "53100")
    /// 53200
    public static let outOfMemory = Self(rawValue: "53200")
    /// 53300
    public static let tooManyConnections = Self(rawValue: "53300")
    /// 55006
    public static let objectInUse = Self(rawValue: "55006")
    /// 55P03
    public static let lockNotAvailable = Self(rawValue: "55P03")
    /// 57014
    public static let queryCanceled = Self(rawValue: "57014")
    /// 57P01
    public static let adminShutdown = Self(rawValue: "57P01")
    /// 57P02
    public static let crashShutdown = Self(rawValue: "57P02")
    /// 57P03
    public static let cannotConnectNow = Self(rawValue: "57P03")
    /// P0001
    public static let raiseException = Self(rawValue: "P0001")
}
