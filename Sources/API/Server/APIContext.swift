public import Hummingbird

/// What belongs to one request.
public struct APIContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// Names the request in the answer and in the log.
    var requestID = ""
    /// The parameters of its query, which are those of its route.
    var query = QueryParameters()
    /// What it says of who sends it.
    var caller = Caller()
    /// Whether the request is allowed, and by which of its credentials.
    var authorisation: Result<Principal, Problem> = .success(.nobody)
    /// In whose name it goes on.
    var principal = Principal.nobody
    /// Lets the request in anew, as it would be now; throws where it would be refused.
    var readmit: @Sendable () throws(Problem) -> Void = {}
    /// Whether the request would be let in now as well; a long answer asks again and again.
    var mayGoOn: @Sendable () -> Bool { { [readmit] in (try? readmit()) != nil } }
    /// What its route tells for the log.
    let notes = RequestNotes()
    /// The way to its client.
    let connection: any ClientConnection

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        connection = ChannelConnection(channel: source.channel)
    }

    /// The context of a request that came by no socket of this server.
    public init(source: DetachedSource) {
        coreContext = .init(source: source)
        connection = source.connection
    }

    /// The template of its route. Hummingbird gives what matched none, a file of the web feed among it, a name of its own.
    var route: String? { endpointPath == "NotFound" ? nil : endpointPath }

    /// The value of `name` in the path. The router hands it over as it stands in the address; here a malformed escape or text that is
    /// no UTF-8 is an error, and not another text.
    func pathParameter(_ name: String) throws -> String {
        try PercentEncoding.decode(parameters.get(name) ?? "", plusIsSpace: false)
    }

    static func randomRequestID() -> String {
        String(UInt64.random(in: .min ... .max), radix: 36) + String(UInt32.random(in: .min ... .max), radix: 36)
    }
}
