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

    static func randomRequestID() -> String {
        String(UInt64.random(in: .min ... .max), radix: 36) + String(UInt32.random(in: .min ... .max), radix: 36)
    }
}
