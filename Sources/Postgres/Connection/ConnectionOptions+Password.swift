extension ConnectionOptions {
    /// The password that the next connection is made with; nil when there is no source of one.
    ///
    /// - Throws: what the source throws, `.timeout` after `connectTimeout`, and `.cancelled`.
    func askForPassword() async throws(PostgresError) -> String? {
        guard let password else { return nil }
        let limit = min(connectTimeout, Self.longestWait)
        let answer = await withTaskGroup(of: Result<String, PostgresError>?.self) { group in
            group.addTask {
                do throws(PostgresError) { return .success(try await password()) } catch { return .failure(error) }
            }
            group.addTask {
                try? await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
        if Task.isCancelled { throw PostgresError(.cancelled, "connecting to \(self) was cancelled") }
        guard let answer else { throw PostgresError(.timeout, "could not connect to \(self): no password was to be had in time") }
        return try answer.get()
    }

    /// The same error, with what the refused password may lack.
    func explained(_ error: PostgresError) -> PostgresError {
        guard let passwordHint, let state = error.sqlState, SQLState.Class.invalidAuthorization ~= state else { return error }
        return PostgresError(error.kind, error.message + "; " + passwordHint, sqlState: state)
    }

    /// A day: what is longer could overflow the clock.
    private static let longestWait = Duration.seconds(86_400)

    /// Where the connection leads to and as whom, as the connection string and the environment say it; nil when the string is malformed.
    public var endpoint: Endpoint? { ConnectionTarget(conninfo: conninfo).map(Endpoint.init) }

    /// For a source of passwords that are good for one server and one role.
    public struct Endpoint: Sendable, Hashable {
        /// Several have commas between; a path is a socket.
        public var host: String
        public var port: String
        public var user: String
        /// `verify-full` makes sure that it is this server that gets the password.
        public var sslmode: String

        init(_ target: ConnectionTarget) {
            (host, port, user, sslmode) = (target.host, target.port, target.user, target.sslmode)
        }
    }
}
