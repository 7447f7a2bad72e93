public import AsyncHTTPClient
internal import NIOCore

extension HTTPClient.Configuration {
    /// For requests to AWS: they neither follow redirects, which a signature would not fit, nor wait for long in silence.
    public static var forAWS: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(3), read: .seconds(20), write: .seconds(20)))
        configuration.httpVersion = .http1Only
        // A failure is told at once; whoever asked knows whether to try again.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration.withoutReuse
    }

    /// Each request has a connection of its own: one that was kept while the program was frozen may be dead without a word.
    public var withoutReuse: HTTPClient.Configuration {
        var configuration = self
        configuration.maximumUsesPerConnection = 1
        return configuration
    }
}
