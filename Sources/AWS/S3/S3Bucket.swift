public import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import TimeLimit

/// The objects of one bucket, with the rights of the credentials.
///
/// A request is tried three times where trying again may help: storing the same bytes again changes nothing.
public struct S3Bucket: Sendable {
    let location: S3Location
    let credentials: CredentialSource
    let http: HTTPClient

    private static let attempts = 3
    private static let maximumErrorBytes = 64 << 10
    /// For an object that is held in memory.
    static let patience: Duration = .seconds(20)
    /// For a file. Who asks has a time limit of his own; silence ends it sooner.
    static let patienceWithFiles: Duration = .seconds(840)

    /// The bucket `name` as `environment` says: `AWS_REGION`, the credentials, and `AWS_ENDPOINT_URL_S3`, where AWS's own is not meant.
    ///
    /// - Parameter http: made with `HTTPClient.Configuration.forAWS`; whoever made it shuts it down.
    /// - Throws: `S3Error` when the environment names no region or no credentials.
    public init(_ name: String, environment: [String: String], http: HTTPClient) throws(S3Error) {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        guard let region = value("AWS_REGION") ?? value("AWS_DEFAULT_REGION") else {
            throw S3Error(.wrongRegion, "The bucket \(name) cannot be reached: AWS_REGION is not set. Set it to the bucket's region.")
        }
        let endpoint = value("AWS_ENDPOINT_URL_S3")
        guard endpoint.map(S3Location.isOrigin) ?? true else {
            throw S3Error(
                .refused,
                "The bucket \(name) cannot be reached: AWS_ENDPOINT_URL_S3 has to be https:// or http:// with a host and a port at most, and nothing behind."
            )
        }
        location = S3Location(bucket: name, region: region, endpoint: endpoint)
        do { credentials = try CredentialSource(environment: environment, http: http) } catch {
            throw S3Error(.noCredentials, error.description)
        }
        self.http = http
    }

    /// The bytes of the object.
    ///
    /// - Throws: `S3Error`; `tooLarge` when it has more than `maximum` bytes.
    public func bytes(_ key: String, maximum: Int) async throws(S3Error) -> [UInt8] {
        try await tryingAgain(key, within: Self.patience) { [http] request in
            let response = try await http.execute(request, deadline: .distantFuture)
            try await check(response, key)
            do {
                return Array(try await response.body.collect(upTo: maximum).readableBytesView)
            } catch is NIOTooManyBytesError {
                throw S3Error(.tooLarge, "\(location.name(key)) has more than \(maximum) bytes. Is it the right object?")
            }
        }
    }

    /// Stores `bytes` as the object.
    public func put(_ bytes: [UInt8], as key: String, type: String = "application/octet-stream") async throws(S3Error) {
        try await tryingAgain(key, method: .PUT, within: Self.patience) { [http] request in
            var request = request
            request.headers.add(name: "Content-Type", value: type)
            request.body = .bytes(ByteBuffer(bytes: bytes))
            try await check(try await http.execute(request, deadline: .distantFuture), key)
        }
    }

    /// Runs `body` with a signed request for the object, up to three times.
    func tryingAgain<Value: Sendable>(
        _ key: String, method: HTTPMethod = .GET, within limit: Duration,
        _ body: @escaping @Sendable (HTTPClientRequest) async throws -> Value
    ) async throws(S3Error) -> Value {
        var attempt = 1
        while true {
            do throws(S3Error) {
                return try await once(key, method, within: limit, body)
            } catch  where error.reason == .unavailable && attempt < Self.attempts && !Task.isCancelled {
                attempt += 1
                try? await Task.sleep(for: .milliseconds(100 * attempt * attempt))
            }
        }
    }

    private func once<Value: Sendable>(
        _ key: String, _ method: HTTPMethod, within limit: Duration, _ body: @escaping @Sendable (HTTPClientRequest) async throws -> Value
    ) async throws(S3Error) -> Value {
        do {
            let address = location.presigned(method.rawValue, key).text(try await credentials.current(), at: .now)
            var request = HTTPClientRequest(url: address)
            request.method = method
            return try await withTimeLimit(limit) { [request] in try await body(request) }
        } catch let error as S3Error {
            throw error
        } catch let error as CredentialError {
            throw S3Error(.noCredentials, "\(location.name(key)): \(error)")
        } catch is TimeLimitError {
            throw unreachable(key, "no whole answer within \(limit.components.seconds) s")
        } catch is CancellationError {
            throw unreachable(key, "interrupted")
        } catch {
            throw unreachable(key, "\(error)")
        }
    }

    private func unreachable(_ key: String, _ reason: String) -> S3Error {
        S3Error(
            .unavailable,
            "\(location.name(key)): \(location.origin) cannot be reached (\(reason)). Does the network have a way to S3, such as a gateway endpoint?"
        )
    }

    /// - Throws: `S3Error` when the answer is no success.
    func check(_ response: HTTPClientResponse, _ key: String) async throws {
        guard !(200..<300).contains(response.status.code) else { return }
        let body = try? await response.body.collect(upTo: Self.maximumErrorBytes)
        throw S3Error(
            status: Int(response.status.code), answer: body.map { String(buffer: $0) } ?? "", place: location.name(key),
            region: location.region)
    }
}
