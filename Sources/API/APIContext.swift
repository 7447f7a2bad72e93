public import Hummingbird

/// What belongs to one request.
public struct APIContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// Names the request in the answer and in the log.
    var requestID = ""

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
    }
}
