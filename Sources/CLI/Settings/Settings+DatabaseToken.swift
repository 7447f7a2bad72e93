import AWS
import Postgres

extension Settings {
    /// RDS says no more of a token than that it is refused.
    static let tokenHint = """
        it was a token of RDS: this program's role needs the right rds-db:connect for this role of this database (its resource id changes when it is restored), \
        AWS_REGION has to be the database's, and the clock of this machine has to be right
        """

    /// The source of the password for each connection; nil where the connection string or a file has it.
    ///
    /// - Throws: `Failure` where a token cannot be made, or would be given to anybody.
    func passwordSource(for endpoint: ConnectionOptions.Endpoint?) throws -> (@Sendable () async throws(PostgresError) -> String)? {
        switch text(.databaseAuth) {
        case "password": return nil
        case "iam": break
        case let word: throw Failure("\(named(.databaseAuth)) \(Self.shown(word)); it has to be password or iam.")
        }
        // What is malformed is told by connecting.
        guard let endpoint else { return nil }
        let isIAM = "\(Setting.databaseAuth.name) is iam"
        guard !endpoint.host.contains(where: { ",/ ".contains($0) }), let port = Int(endpoint.port), !endpoint.user.isEmpty else {
            throw Failure(
                "\(isIAM), and a token is good for one host, port and role. Write the address as postgresql://role@host:5432/name?sslmode=verify-full."
            )
        }
        guard endpoint.sslmode == "verify-full" else {
            throw Failure(
                "\(isIAM), and sslmode is \(endpoint.sslmode): whoever answered at that address would get a token to log in with. Add sslmode=verify-full and sslrootcert to the address."
            )
        }
        guard let region = RoleOfProcess.region else {
            throw Failure("\(isIAM), and AWS_REGION is not set. Set it to the region of the database.")
        }
        return { () throws(PostgresError) in
            do throws(CredentialError) {
                return DatabaseToken.make(
                    host: endpoint.host, port: port, user: endpoint.user, region: region,
                    credentials: try await RoleOfProcess.credentials())
            } catch {
                throw PostgresError(.connection, "no token for the database can be made: \(error)")
            }
        }
    }
}
