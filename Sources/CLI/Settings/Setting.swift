/// One setting: an environment variable, what it means, and what holds without it.
struct Setting: Sendable {
    let name: String
    let summary: String
    /// Nil when nothing holds without it.
    let standard: String?
    let form: SettingForm
    /// Secrets are never shown, and can come from a file named by `NAME_FILE`.
    let isSecret: Bool
    /// Whether an empty value means something else than no value.
    let mayBeEmpty: Bool

    /// The variable that names the file of a secret.
    var fileVariable: String { name + "_FILE" }

    init(
        _ name: String, _ standard: String? = nil, form: SettingForm = .text, secret: Bool = false, mayBeEmpty: Bool = false,
        _ summary: String
    ) {
        self.name = name
        self.standard = standard
        self.form = form
        isSecret = secret
        self.mayBeEmpty = mayBeEmpty
        self.summary = summary
    }
}

extension Setting {
    static let databaseURL = Setting(
        "DATABASE_URL", secret: true,
        "The database, as postgresql://user@host/name. Without it the PG* variables of libpq hold; without those `xmonitor up` runs a private Postgres."
    )
    static let readDatabaseURL = Setting(
        "XMONITOR_READ_DATABASE_URL", secret: true, "A replica for reads. Without it reads go to the database.")
    static let databaseAuth = Setting(
        "XMONITOR_DB_AUTH", "password",
        "How to log in to the database: password, as DATABASE_URL and the files of libpq have it, or iam, a token of RDS for each connection. It needs AWS_REGION, the credentials of a role, and sslmode=verify-full."
    )
    static let secrets = Setting(
        "XMONITOR_SECRETS", nil,
        "s3://BUCKET/KEY: a JSON object of secret settings, in place of the environment. It is read at the start and again and again: a running server takes over keys of collectors, of cursors and of sessions, and the secret at the provider."
    )
    static let secretsLifetime = Setting(
        "XMONITOR_SECRETS_LIFETIME", "300", form: .seconds(1...86_400), "Seconds after which that object is read again.")
    static let bucket = Setting(
        "XMONITOR_BUCKET", nil, "Where `xmonitor lambda admin` takes snapshots from and leaves the results of tasks.")
    static let host = Setting("XMONITOR_HOST", "127.0.0.1", "The address to listen on.")
    static let port = Setting("XMONITOR_PORT", "8080", form: .integer(0...65_535), "The port to listen on; 0 takes a free one.")
    static let readAccess = Setting(
        "XMONITOR_READ_ACCESS", nil,
        "Who may read: keys (holders of a key), oidc (readers who sign in, and holders of a key), or public (everybody who reaches the address). Without it reading is open to this machine alone: where XMONITOR_HOST, XMONITOR_TRUSTED_PROXIES or XMONITOR_PUBLIC_URL brings others, the server does not start."
    )
    static let oidcIssuer = Setting(
        "XMONITOR_OIDC_ISSUER", nil,
        "Where readers sign in with XMONITOR_READ_ACCESS=oidc: the issuer of an OpenID Connect provider, exactly as it names itself, such as https://accounts.google.com."
    )
    static let oidcClientID = Setting("XMONITOR_OIDC_CLIENT_ID", nil, "What the provider calls this server.")
    static let oidcClientSecret = Setting(
        "XMONITOR_OIDC_CLIENT_SECRET", secret: true, "The secret that the provider gave this server; a public client has none.")
    static let oidcScopes = Setting("XMONITOR_OIDC_SCOPES", "openid email profile", "What is asked of the provider, with spaces between.")
    static let oidcGroupsClaim = Setting(
        "XMONITOR_OIDC_GROUPS_CLAIM", "groups", "The claim of the provider's tokens that lists the groups of a reader.")
    static let signInDomains = Setting(
        "XMONITOR_SIGN_IN_DOMAINS", nil,
        "Hosted domains whose members may enter, by the claim hd and never by the end of an e-mail address, with commas between.")
    static let signInEmails = Setting(
        "XMONITOR_SIGN_IN_EMAILS", nil,
        "E-mail addresses whose holders may enter, with commas between; * lets in whoever the provider lets sign in.")
    static let signInGroups = Setting(
        "XMONITOR_SIGN_IN_GROUPS", nil, "Groups at the provider whose members may enter, with commas between.")
    static let sessionKeys = Setting(
        "XMONITOR_SESSION_KEYS", secret: true,
        "Encrypt sessions: keys with commas between, 32 bytes or more each. The first encrypts, all decrypt, so that keys can be rotated; several copies need the same ones."
    )
    static let sessionIdle = Setting(
        "XMONITOR_SESSION_IDLE", "43200", form: .seconds(1...7_776_000), "Seconds after its last use at which a session ends (12 hours).")
    static let sessionMaximum = Setting(
        "XMONITOR_SESSION_MAXIMUM", "604800", form: .seconds(1...7_776_000),
        "Seconds after the sign-in at which a session ends, used or not (7 days).")
    static let contact = Setting(
        "XMONITOR_CONTACT", nil, "Whom readers ask who are not let in, as the page shows it: a name, an e-mail address or a channel.")
    static let ingestSecret = Setting(
        "XMONITOR_INGEST_SHARED_SECRET", secret: true, "A key that collectors may write with. Without any key, ingest answers 503.")
    static let apiKey = Setting("XMONITOR_API_KEY", secret: true, "Another such key, so that keys can be rotated.")
    static let ingestKeys = Setting(
        "XMONITOR_INGEST_KEYS", secret: true,
        "More such keys with the names of their holders, as NAME=KEY,NAME=KEY; receipts show the name.")
    static let smokeKey = Setting(
        "XMONITOR_SMOKE_KEY", secret: true, "A key with the scope read, which `xmonitor smoke` reads with where reading is closed.")
    static let cursorKey = Setting(
        "XMONITOR_CURSOR_KEY", secret: true,
        "Signs the cursors of the feed. Without it a random key holds until the program ends; several copies need the same one. 16 bytes or more."
    )
    static let publicURL = Setting(
        "XMONITOR_PUBLIC_URL", nil,
        "What readers reach the server by, as https://host or https://host/path; the links in feeds begin with it, and the page lives below its path. Without it links begin with http:// and the Host of the request. Needed behind a proxy that speaks TLS or changes the host."
    )
    static let serviceName = Setting("XMONITOR_SERVICE_NAME", "xmonitor-api", "The service that /v1/health names.")
    static let serviceVersion = Setting("XMONITOR_SERVICE_VERSION", "v1", "The version that /v1/health names.")
    static let webRoot = Setting(
        "XMONITOR_WEB_ROOT", "web", mayBeEmpty: true,
        "The folder of the web feed; empty serves the API alone. Without it the folder web beside the program, or else the one in the current folder."
    )
    static let stateFolder = Setting(
        "XMONITOR_STATE", ".xmonitor", "The folder in which `xmonitor up` keeps its private Postgres and the sample.")
    static let poolSize = Setting(
        "XMONITOR_POOL_SIZE", "10", form: .integer(1...1_000),
        "Most connections to the database, for reads and writes each; half as many for the changes, and one for the probe. A function has so many in all. Downloads take at most half of those for reads."
    )
    static let preparedStatements = Setting(
        "XMONITOR_PREPARED_STATEMENTS", "false", form: .boolean,
        "Keep statements prepared on a connection: faster, but not through PgBouncer in transaction mode.")
    static let connectTimeout = Setting("XMONITOR_CONNECT_TIMEOUT", "5", form: .seconds(), "Seconds to wait for a connection.")
    static let statementTimeout = Setting(
        "XMONITOR_STATEMENT_TIMEOUT", "10", form: .seconds(), "Seconds that one statement of the API may take.")
    static let requestTimeout = Setting("XMONITOR_REQUEST_TIMEOUT", "15", form: .seconds(), "Seconds that one request may take.")
    static let readerTimeout = Setting(
        "XMONITOR_READER_TIMEOUT", "30", form: .seconds(),
        "Seconds within which a client has to take 16 KB of an answer, or its rest; otherwise its connection is closed.")
    static let shutdownTimeout = Setting(
        "XMONITOR_SHUTDOWN_TIMEOUT", "20", form: .seconds(),
        "Seconds that a server which is told to stop gives to requests under way; then it ends all the same. A second signal ends it at once."
    )
    static let maximumConnections = Setting(
        "XMONITOR_CONNECTION_MAXIMUM", "1000", form: .integer(1...100_000),
        "Most connections of clients at once; fewer where the system allows fewer open files. Further ones are answered with 503.")
    static let connectionsOfAddress = Setting(
        "XMONITOR_CONNECTION_MAXIMUM_PER_ADDRESS", "100", form: .integer(1...100_000),
        "Most connections of one address at once, for IPv6 of one /64; those of trusted proxies are not counted. Counts where XMONITOR_RATE_LIMITS holds."
    )
    static let headerTimeout = Setting(
        "XMONITOR_HEADER_TIMEOUT", "10", form: .seconds(), "Seconds within which the head of a request has to come.")
    static let rateLimits = Setting(
        "XMONITOR_RATE_LIMITS", nil, form: .boolean,
        "Whether requests are counted: true or false. Without it they are, unless only this machine reaches the server.")
    static let readsPerMinute = Setting(
        "XMONITOR_RATE_READS", "1200", form: .integer(0...1_000_000),
        "Reads that one key, one session, or one address of unknown callers may send in a minute; 0 for any number. All of them may come at once."
    )
    static let ingestPerMinute = Setting("XMONITOR_RATE_INGEST", "600", form: .integer(0...1_000_000), "The same for batches.")
    static let signInsPerMinute = Setting("XMONITOR_RATE_SIGN_IN", "30", form: .integer(0...1_000_000), "The same for signing in.")
    static let downloadsPerMinute = Setting("XMONITOR_RATE_DOWNLOADS", "20", form: .integer(0...1_000_000), "The same for downloads.")
    static let trustedProxies = Setting(
        "XMONITOR_TRUSTED_PROXIES", nil,
        "Addresses of the proxies in front, as 10.0.0.0/8 or 127.0.0.1, with commas between: what they say in X-Forwarded-For is believed, and counts as the address of the client."
    )
    static let downloadTimeout = Setting(
        "XMONITOR_DOWNLOAD_TIMEOUT", "60", form: .seconds(),
        "Seconds that a download may wait for its next posts, or for its reader to take a piece (about 1 MB), before it is broken off.")
    static let downloadLimit = Setting(
        "XMONITOR_DOWNLOAD_LIMIT", "3600", form: .seconds(), "Seconds that a download may take as a whole before it is broken off.")
    static let gonePosts = Setting(
        "XMONITOR_GONE_POSTS", "show",
        "What readers see of posts that are gone from X: show, all that was captured, or hide_text, everything but their texts, which are not searched either."
    )
    static let feedDefaultLimit = Setting(
        "XMONITOR_FEED_DEFAULT_LIMIT", "50", form: .integer(1...1_000), "Posts on a page of the feed when the reader does not say.")
    static let feedMaximumLimit = Setting(
        "XMONITOR_FEED_MAXIMUM_LIMIT", "200", form: .integer(1...1_000), "Most posts on a page of the feed.")
    static let maximumItems = Setting(
        "XMONITOR_BATCH_MAXIMUM_ITEMS", "1000", form: .integer(1...100_000), "Most items in one ingest batch.")
    static let maximumBytes = Setting(
        "XMONITOR_BATCH_MAXIMUM_BYTES", "4194304", form: .integer(1_024...(1 << 30)), "Most bytes in the body of one request (4 MiB).")
    static let maximumWait = Setting(
        "XMONITOR_WAIT_MAXIMUM", "30", form: .seconds(1...30),
        "Seconds, 1 to 30, that /v1/changes waits at most for a change, however long a caller asks it to; less where the host cuts long answers off."
    )
    static let maximumStreams = Setting(
        "XMONITOR_STREAM_MAXIMUM", "100", form: .integer(0...10_000),
        "Most clients of /v1/stream at once; 0 where the host allows no long answers.")

    static let corsOrigins = Setting(
        "XMONITOR_CORS_ORIGINS", nil,
        "Origins whose pages may read the API in a browser, as https://feed.example.com, with commas between; none without it.")

    /// Every setting, in the order of `.env.example` and the documentation; a test compares the three.
    static let all: [Setting] = [
        databaseURL, readDatabaseURL, databaseAuth, secrets, secretsLifetime, bucket, host, port, readAccess, oidcIssuer, oidcClientID,
        oidcClientSecret, oidcScopes, oidcGroupsClaim,
        signInDomains, signInEmails, signInGroups, sessionKeys, sessionIdle, sessionMaximum, contact, ingestSecret, apiKey, ingestKeys,
        smokeKey, cursorKey, publicURL, serviceName,
        serviceVersion,
        webRoot, stateFolder, poolSize, preparedStatements, connectTimeout, statementTimeout, requestTimeout, readerTimeout,
        shutdownTimeout, maximumConnections, connectionsOfAddress, headerTimeout, rateLimits, readsPerMinute, ingestPerMinute,
        signInsPerMinute, downloadsPerMinute, trustedProxies, downloadTimeout, downloadLimit,
        gonePosts, feedDefaultLimit, feedMaximumLimit, maximumItems, maximumBytes, maximumWait, maximumStreams,
        corsOrigins,
    ]
}
