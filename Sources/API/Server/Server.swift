public import Domain
internal import HTTPTypes
public import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore

/// The HTTP API and the web feed over an archive.
public struct Server: Sendable {
    let configuration: ServerConfiguration
    let reading: any ArchiveReading
    let writing: any ArchiveWriting
    /// One probe at a time, however many ask: it has one connection.
    let probe: SingleFlight<Void>
    let keeping: any AccessKeeping
    let operating: any ArchiveOperating
    let auditing: any AuditKeeping
    let observe: @Sendable (ServerEvent) -> Void
    let secrets: CurrentSecrets
    let access: AccessControl
    let journal = AccessJournal()
    let refresher: AccessRefresher
    private let journalKeeper: AccessJournalKeeper
    let upkeep: AccessUpkeep
    let keyLookup: KeyLookup
    let web: WebFiles?
    let changePoller: ChangePoller
    let streamLimit, downloadLimit: ConcurrencyLimit
    let bodies: BodyReader
    let rateLimiter: RateLimiter
    let clientAddress: ClientAddress
    private let connections: Connections
    let crossOrigin: CrossOrigin
    let securityHeaders: SecurityHeaders

    /// - Parameters:
    ///   - signIn: nil where nobody signs in.
    ///   - observe: told of every request and every fault.
    /// - Throws: `WebFiles.Unreadable` when the folder of the web feed cannot be read.
    public init(
        configuration: ServerConfiguration, reading: any ArchiveReading, writing: any ArchiveWriting, probing: any ArchiveProbing,
        keeping: any AccessKeeping, operating: any ArchiveOperating, auditing: any AuditKeeping, signIn: SignIn? = nil,
        observe: @escaping @Sendable (ServerEvent) -> Void = { _ in }
    ) throws {
        self.configuration = configuration
        self.reading = reading
        self.writing = writing
        probe = SingleFlight(probing.probe)
        self.keeping = keeping
        self.operating = operating
        self.auditing = auditing
        self.observe = observe
        secrets = CurrentSecrets(
            cursorKey: configuration.cursorKey, signIn: signIn, answers: ConditionalGet(version: SingleFlight(reading.version)))
        access = AccessControl(
            readAccess: configuration.readAccess, ring: KeyRing(environment: configuration.ingestKeys), secrets: secrets,
            contact: configuration.contact)
        refresher = AccessRefresher(ring: access.ring, archive: keeping) { observe(.fault(id: "access", LoggedFault($0))) }
        journalKeeper = AccessJournalKeeper(journal: journal, usage: access.usage, audit: auditing, keys: keeping) {
            observe(.fault(id: "audit", LoggedFault($0)))
        }
        upkeep = AccessUpkeep(refresher: refresher, keeper: journalKeeper)
        keyLookup = KeyLookup(refresher, patience: configuration.keyPatience)
        changePoller = ChangePoller(reading)
        streamLimit = ConcurrencyLimit(configuration.maximumStreams)
        downloadLimit = ConcurrencyLimit(configuration.maximumDownloads)
        bodies = BodyReader(
            limit: configuration.maximumBodyBytes,
            budget: ByteBudget(Self.bodiesAtOnce * configuration.maximumBodyBytes, patience: .seconds(2)))
        rateLimiter = RateLimiter(perMinute: configuration.requestsPerMinute)
        clientAddress = ClientAddress(trustedProxies: configuration.trustedProxies)
        connections = Connections(
            readerPatience: .init(configuration.readerPatience), headPatience: .init(configuration.headPatience),
            connectionLimit: ConcurrencyLimit(configuration.maximumConnections),
            addressLimit: configuration.maximumConnectionsOfAddress.map(AddressLimit.init), clientAddress: clientAddress)
        web = try configuration.webRoot.map { try WebFiles(folder: $0, publicURL: configuration.publicURL) }
        crossOrigin = CrossOrigin(origins: configuration.allowedOrigins)
        securityHeaders = SecurityHeaders(publicURL: configuration.publicURL)
    }

    /// Bodies of the largest size that are read and parsed at once. While it is parsed, a body of numbers takes some ten times its bytes:
    /// four of 4 MiB are 160 MiB.
    private static let bodiesAtOnce = 4

    /// Answers one request, without a socket.
    public func makeResponder() -> some HTTPResponder<APIContext> {
        let budget = RequestTimeout(configuration.requestTimeout)
        let router = Router(context: APIContext.self)
        let scopes = routes.flatMap { route in route.prefixes.map { ($0 + route.template, route.scope) } }
        router.add(middleware: EdgeMiddleware(server: self, scopes: Dictionary(scopes, uniquingKeysWith: { first, _ in first })))
        for route in routes {
            for prefix in route.prefixes {
                for method in route.methods {
                    router.on(RouterPath(prefix + route.template), method: method) { request, context in
                        try await budget.spend(waiting: route.patience, until: context.connection.deadline) {
                            try await answer(request, context, route)
                        }
                    }
                }
            }
        }
        return router.buildResponder()
    }

    /// Authorisation comes first: nobody else learns more, or gets a cached answer.
    private func answer(_ request: Request, _ context: APIContext, _ route: Route) async throws -> Response {
        // A request that is not let in is counted by its address, whatever it sent.
        let known = (try? context.authorisation.get()).flatMap { $0.identity == .nobody ? nil : $0 }
        let limits = try route.rate.map { rate throws(Problem) in
            try rateLimiter.take(rate, by: known, at: clientAddress.of(request, from: context.connection.peerAddress))
        }
        var context = context
        context.principal = try context.authorisation.get()
        context.readmit = { [access, scope = route.scope] () throws(Problem) in
            _ = try access.authorise(access.identify(request, at: .now), for: scope)
        }
        var response = try await conditionalAnswer(request, context, route)
        if let limits { response.headers.append(contentsOf: limits) }
        let isForEverybody = access.isOpen(to: route.scope) && context.principal.view == nil
        return renewingSession(of: context.caller, in: isForEverybody ? response : response.forCallerAlone, of: route)
    }

    /// An answer that waits for something comes late: it would bring a session back whose holder has signed out meanwhile.
    private func renewingSession(of caller: Caller, in response: Response, of route: Route) -> Response {
        guard let signIn, let session = caller.session, route.patience == .zero else { return response }
        return signIn.renewing(session, in: response, at: .now)
    }

    private func conditionalAnswer(_ request: Request, _ context: APIContext, _ route: Route) async throws -> Response {
        guard route.method == .get else { return try await handle(request, context, route) }
        // At one address the holder of a feed token sees another view than others.
        let caching = context.principal.view == nil ? route.caching : .content
        return try await conditionalGet.answer(request, caching: caching) { try await handle(request, context, route) }
    }

    /// Holds the request to the contract of its route.
    private func handle(_ request: Request, _ context: APIContext, _ route: Route) async throws -> Response {
        var context = context
        context.query = try QueryParameters(request, route.parameters)
        return try await route.handle(request, context)
    }

    /// The server as a service: it listens until it is asked to stop, and then answers what is in flight.
    ///
    /// - Parameter onServerRunning: called with the port once it answers.
    public func makeApplication(
        host: String, port: Int, onServerRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        var logger = Logger(label: "xmonitor.http")
        logger.logLevel = .error
        var application = Application(
            responder: makeResponder(),
            server: HTTPServerBuilder { responder in
                HTTPChannel(responder: responder, connections: connections, refusalHeaders: securityHeaders.ofRefusals)
            },
            configuration: .init(
                address: .hostname(host, port: port), serverName: nil,
                availableConnectionsDelegate: .maximum(configuration.maximumConnections + Connections.refusedAtOnce, logger: logger)),
            onServerRunning: { channel in
                // Without it the server runs as well, while there are descriptors.
                try? await channel.pipeline.addHandler(AcceptPause(), position: .first)
                await onServerRunning(channel.localAddress?.port ?? port)
            },
            logger: logger)
        application.addServices(refresher, journalKeeper)
        application.beforeServerStarts { await refresher.refresh() }
        return application
    }

    /// Tells the log and the audit that a credential, or a request without one, was refused.
    func note(_ refusal: AccessRefusal, _ context: APIContext) {
        observe(.refusal(id: context.requestID, refusal))
        if keepsJournal { journal.refused(refusal, route: context.route, at: .now) }
    }

    /// Tells the audit that sessions were used.
    func noteUse(of principals: [Principal]) {
        guard keepsJournal else { return }
        for principal in principals { journal.used(principal) }
    }

    /// Whoever answers the sign-in alone reaches no archive that could be told.
    private var keepsJournal: Bool { configuration.routes == .all }

    /// Reads who may do what, as a running server does again and again.
    public func refreshAccess() async { await refresher.refresh() }

    /// Tells the audit what was refused and which sessions were used, as a server does when it ends.
    public func flushJournal() async { await journalKeeper.flush(isLast: true) }
}

/// Something worth noticing. The caller of `Server.init` decides what becomes a log line or a number.
public enum ServerEvent: Sendable {
    case request(AnsweredRequest)
    /// A credential, or a request without one, was refused. The caller is not told why.
    case refusal(id: String, AccessRefusal)
    /// A sign-in succeeded; `mayRead` says whether the lists name the reader.
    case signIn(id: String, principal: String, mayRead: Bool)
    /// A request failed for a reason that the caller is not told.
    case fault(id: String, LoggedFault)
}
