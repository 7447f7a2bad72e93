/// What the server needs to know.
public struct ServerConfiguration: Sendable {
    /// The service and the version that `/v1/health` names.
    public var serviceName: String
    public var serviceVersion: String
    /// Who may read.
    public var readAccess: ReadAccess
    /// Keys of the environment that collectors may write with; those of the archive come to them.
    public var ingestKeys: [IngestKey]
    /// Signs cursors.
    public var cursorKey: [UInt8]
    /// Posts on a page when the reader does not say, and most posts on a page.
    public var defaultLimit: Int
    public var maximumLimit: Int
    /// Most items in a batch, and most bytes in the body of a request.
    public var maximumItems: Int
    public var maximumBodyBytes: Int
    /// How long one request may take.
    public var requestTimeout: Duration
    /// How long it may take to count posts; then the answer says how far it got.
    public var aggregateBudget: Duration
    /// How long a reader may take next to nothing of an answer, and most connections at once.
    public var readerPatience: Duration
    public var maximumConnections: Int
    /// How long the head of a request may take to come.
    public var headPatience: Duration
    /// Connections of one address at once; nil for no limit.
    public var maximumConnectionsOfAddress: Int?
    /// Requests of each kind that a caller may send in a minute; no limit for a kind that is not named.
    public var requestsPerMinute: [RateKind: Int]
    /// The proxies whose `X-Forwarded-For` is believed.
    public var trustedProxies: [AddressRange]
    /// How long a download may stand still, and most downloads at once.
    public var downloadPatience: Duration
    /// How long a download may take as a whole.
    public var downloadTime: Duration
    public var maximumDownloads: Int
    /// What the addresses of this server begin with for its readers, without a slash at the end; nil takes the `Host` of each request.
    public var publicURL: String?
    /// Which operations there are.
    public var routes = RouteSet.all
    /// How long a request waits at most for what the archive says of a key that this server does not know.
    public var keyPatience: Duration = .seconds(3)
    /// The folder of the web feed; nil serves the API alone.
    public var webRoot: String?
    /// How long `/v1/changes` waits at most, whatever is asked for.
    public var maximumWait: Duration
    /// How many clients may have `/v1/stream` open at once.
    public var maximumStreams: Int
    /// Whom a reader asks who is not let in, as the page shows it.
    public var contact: String?
    /// Origins whose pages may read the API, as browsers send them.
    public var allowedOrigins: Set<String>

    public init(
        serviceName: String = "xmonitor-api", serviceVersion: String = "v1", readAccess: ReadAccess = .open,
        ingestKeys: [IngestKey] = [], cursorKey: [UInt8],
        defaultLimit: Int = 50, maximumLimit: Int = 200, maximumItems: Int = 1_000, maximumBodyBytes: Int = 4 << 20,
        requestTimeout: Duration = .seconds(15), aggregateBudget: Duration = .milliseconds(500), readerPatience: Duration = .seconds(30),
        maximumConnections: Int = 1_000, headPatience: Duration = .seconds(10), maximumConnectionsOfAddress: Int? = nil,
        requestsPerMinute: [RateKind: Int] = [:], trustedProxies: [AddressRange] = [], downloadPatience: Duration = .seconds(60),
        downloadTime: Duration = .seconds(3_600),
        maximumDownloads: Int = 5, publicURL: String? = nil, webRoot: String? = nil, maximumWait: Duration = .seconds(30),
        maximumStreams: Int = 100, contact: String? = nil, allowedOrigins: Set<String> = []
    ) {
        self.serviceName = serviceName
        self.serviceVersion = serviceVersion
        self.readAccess = readAccess
        self.ingestKeys = ingestKeys
        self.cursorKey = cursorKey
        self.defaultLimit = defaultLimit
        self.maximumLimit = maximumLimit
        self.maximumItems = maximumItems
        self.maximumBodyBytes = maximumBodyBytes
        self.requestTimeout = requestTimeout
        self.aggregateBudget = aggregateBudget
        self.readerPatience = readerPatience
        self.maximumConnections = maximumConnections
        self.headPatience = headPatience
        self.maximumConnectionsOfAddress = maximumConnectionsOfAddress
        self.requestsPerMinute = requestsPerMinute
        self.trustedProxies = trustedProxies
        self.downloadTime = downloadTime
        self.downloadPatience = downloadPatience
        self.maximumDownloads = maximumDownloads
        self.publicURL = publicURL
        self.webRoot = webRoot
        self.maximumWait = maximumWait
        self.maximumStreams = maximumStreams
        self.contact = contact
        self.allowedOrigins = allowedOrigins
    }

    var pageLimits: PageLimits { PageLimits(usual: defaultLimit, most: maximumLimit) }
}
