/// A named statement, its parameters, and how one of its rows becomes an `Output`.
public struct Statement<Output: Sendable>: Sendable {
    /// Shows up in errors and observations; a fixed name such as `users.byID`, never built from data.
    public let name: String
    /// The text, with `$1`, `$2`, … for the parameters.
    public let sql: String
    /// The values, in the order of their `$n`.
    public let parameters: [Parameter]
    let decode: @Sendable (Row) throws -> Output

    /// - Parameter decode: Called once per row, on the connection's thread. What it throws, the query throws.
    public init(_ name: String, _ sql: SQL, decode: @escaping @Sendable (Row) throws -> Output) {
        self.name = name
        self.sql = sql.text
        parameters = sql.parameters
        self.decode = decode
    }
}

extension Statement where Output == Void {
    /// A statement that is run for its effect; its rows are ignored.
    public init(_ name: String, _ sql: SQL) {
        self.init(name, sql, decode: { _ in })
    }
}
