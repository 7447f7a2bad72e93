public import Hummingbird
internal import NIOCore

/// What belongs to one request.
public struct APIContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// Names the request in the answer and in the log.
    var requestID = ""
    /// The connection that it came on.
    let channel: any Channel

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}
