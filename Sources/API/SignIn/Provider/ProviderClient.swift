internal import AsyncHTTPClient
internal import Encoding
internal import Foundation
internal import JSON
internal import NIOCore
internal import NIOHTTP1
internal import TimeLimit

/// Speaks to the provider. Its answers are bounded in bytes and in time, and are not followed elsewhere.
struct ProviderClient: Sendable {
    let http: HTTPClient

    /// Three exchanges fit into the time of one request.
    private static let patience: Duration = .seconds(4)
    private static let maximumBytes = 256 << 10

    struct Answer: Sendable {
        var status: Int
        var body: JSONObject
    }

    func get(_ address: String, bearer: String? = nil) async throws(SignInRefusal) -> JSONObject {
        var request = HTTPClientRequest(url: address)
        if let bearer { request.headers.add(name: "Authorization", value: "Bearer \(bearer)") }
        let answer = try await json(request)
        guard answer.status == 200 else { throw unavailable(request, "status \(answer.status)") }
        return answer.body
    }

    /// - Parameter basic: name and secret of this client.
    func post(_ address: String, _ form: [(String, String)], basic: (String, String)?) async throws(SignInRefusal) -> Answer {
        var request = HTTPClientRequest(url: address)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        if let (name, secret) = basic {
            // Both are encoded as in a form before (RFC 6749, section 2.3.1).
            let pair = "\(name.percentEncoded()):\(secret.percentEncoded())"
            request.headers.add(name: "Authorization", value: "Basic \(Data(pair.utf8).base64EncodedString())")
        }
        let pairs = form.map { "\($0.percentEncoded())=\($1.percentEncoded())" }
        request.body = .bytes(ByteBuffer(string: pairs.joined(separator: "&")))
        return try await json(request)
    }

    /// The bytes at an address.
    func bytes(_ address: String) async throws(SignInRefusal) -> [UInt8] {
        let request = HTTPClientRequest(url: address)
        let (status, bytes) = try await exchange(request)
        guard status == 200 else { throw unavailable(request, "status \(status)") }
        return bytes
    }

    private func json(_ request: HTTPClientRequest) async throws(SignInRefusal) -> Answer {
        let (status, bytes) = try await exchange(request)
        guard status < 500 else { throw unavailable(request, "status \(status)") }
        guard case .object(let body)? = try? JSONReader.read(bytes) else {
            throw unavailable(request, "status \(status), and the answer is no JSON object")
        }
        return Answer(status: status, body: body)
    }

    private func exchange(_ request: HTTPClientRequest) async throws(SignInRefusal) -> (status: Int, bytes: [UInt8]) {
        var request = request
        request.headers.add(name: "Accept", value: "application/json")
        do {
            return try await withTimeLimit(Self.patience) { [http, request] in
                let response = try await http.execute(request, timeout: .seconds(Self.patience.components.seconds))
                let body = try await response.body.collect(upTo: Self.maximumBytes)
                return (Int(response.status.code), Array(body.readableBytesView))
            }
        } catch is NIOTooManyBytesError {
            throw unavailable(request, "more than \(Self.maximumBytes) bytes")
        } catch is TimeLimitError {
            throw unavailable(request, "no whole answer within \(Self.patience.components.seconds) s")
        } catch {
            throw unavailable(request, "\(error)")
        }
    }

    private func unavailable(_ request: HTTPClientRequest, _ reason: String) -> SignInRefusal {
        SignInRefusal(.providerUnavailable, "\(request.method.rawValue) \(request.url): \(reason)")
    }
}
