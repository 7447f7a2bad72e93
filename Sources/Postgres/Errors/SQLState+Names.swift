extension SQLState.Class {
    /// 08: the connection failed or broke.
    public static let connectionException = Self(rawValue: "08")
    /// 22: a value does not fit its type.
    public static let dataException = Self(rawValue: "22")
    /// 28: the role or its password was not accepted.
    static let invalidAuthorization = Self(rawValue: "28")
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
    /// 23503
    public static let foreignKeyViolation = Self(rawValue: "23503")
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
    /// 28000
    public static let invalidAuthorization = Self(rawValue: "28000")
    /// 28P01
    public static let invalidPassword = Self(rawValue: "28P01")
    /// 3D000: there is no such database
    public static let invalidCatalogName = Self(rawValue: "3D000")
    /// 3F000
    public static let invalidSchemaName = Self(rawValue: "3F000")
    /// 40001
    public static let serializationFailure = Self(rawValue: "40001")
    /// 40P01
    public static let deadlockDetected = Self(rawValue: "40P01")
    /// 42501
    public static let insufficientPrivilege = Self(rawValue: "42501")
    /// 42703
    public static let undefinedColumn = Self(rawValue: "42703")
    /// 42704
    public static let undefinedObject = Self(rawValue: "42704")
    /// 42883
    public static let undefinedFunction = Self(rawValue: "42883")
    /// 42P01
    public static let undefinedTable = Self(rawValue: "42P01")
    /// 42P05
    public static let duplicatePreparedStatement = Self(rawValue: "42P05")
    /// 53300
    public static let tooManyConnections = Self(rawValue: "53300")
    /// 55006
    public static let objectInUse = Self(rawValue: "55006")
    /// 55P03
    public static let lockNotAvailable = Self(rawValue: "55P03")
    /// 57014
    public static let queryCanceled = Self(rawValue: "57014")
    /// 57P03
    public static let cannotConnectNow = Self(rawValue: "57P03")
}
