/// What stands for a password where RDS takes a login of IAM. It is computed here, without a request.
public enum DatabaseToken {
    /// A token is good for so long after it was made; a session that it opened goes on.
    public static let lifetime: Duration = .seconds(900)

    /// A token of `credentials`, which need the right `rds-db:connect` for `user`.
    ///
    /// - Parameter host: the database's own name: the token is refused under any other.
    public static func make(
        host: String, port: Int, user: String, region: String, credentials: AWSCredentials, at now: SigningTime = .now
    ) -> String {
        let address = PresignedURL(
            origin: "https://\(host):\(port)", query: [("Action", "connect"), ("DBUser", user)], service: "rds-db", region: region,
            lifetime: Int(lifetime.components.seconds))
        return String(address.text(credentials, at: now).dropFirst("https://".count))
    }
}
