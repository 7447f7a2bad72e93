internal import Crypto
internal import Encoding
internal import Foundation

/// An address that carries the right to use it (AWS Signature Version 4, in the query). It is a secret until it expires.
struct PresignedURL {
    var method = "GET"
    /// `https://` or `http://`, the host, and the port unless it is the usual one.
    var origin: String
    /// As it is meant, not escaped; begins with a slash.
    var path = "/"
    /// As it is meant, not escaped.
    var query: [(name: String, value: String)] = []
    var service: String
    var region: String
    var body: Body = .empty
    /// Seconds that it is good for.
    var lifetime: Int

    enum Body {
        case empty
        /// Whatever is sent; S3 alone allows it.
        case unsigned
    }

    private static let algorithm = "AWS4-HMAC-SHA256"

    func text(_ credentials: AWSCredentials, at now: SigningTime) -> String {
        let scope = "\(now.day)/\(region)/\(service)/aws4_request"
        var parameters =
            query + [
                ("X-Amz-Algorithm", Self.algorithm), ("X-Amz-Credential", "\(credentials.accessKeyID)/\(scope)"),
                ("X-Amz-Date", now.text), ("X-Amz-Expires", "\(lifetime)"), ("X-Amz-SignedHeaders", "host"),
            ]
        if let token = credentials.sessionToken { parameters.append(("X-Amz-Security-Token", token)) }
        let pairs = parameters.map { ($0.name.percentEncoded(), $0.value.percentEncoded()) }
        let canonicalQuery = pairs.sorted { $0 < $1 }.map { "\($0)=\($1)" }.joined(separator: "&")
        let canonicalPath = path.percentEncoded(keeping: "/")
        let request = [method, canonicalPath, canonicalQuery, "host:\(host)", "", "host", bodyHash].joined(separator: "\n")
        let toSign = [Self.algorithm, now.text, scope, SHA256.hash(data: Data(request.utf8)).hexadecimal].joined(separator: "\n")
        let signature = mac(toSign, signingKey(credentials, at: now)).hexadecimal
        return "\(origin)\(canonicalPath)?\(canonicalQuery)&X-Amz-Signature=\(signature)"
    }

    private var host: String { String(origin[(origin.range(of: "://")?.upperBound ?? origin.startIndex)...]).lowercased() }

    private var bodyHash: String {
        switch body {
        case .empty: SHA256.hash(data: Data()).hexadecimal
        case .unsigned: "UNSIGNED-PAYLOAD"
        }
    }

    private func signingKey(_ credentials: AWSCredentials, at now: SigningTime) -> SymmetricKey {
        [now.day, region, service, "aws4_request"].reduce(SymmetricKey(data: Data(("AWS4" + credentials.secretAccessKey).utf8))) {
            SymmetricKey(data: mac($1, $0))
        }
    }

    private func mac(_ text: String, _ key: SymmetricKey) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)
    }
}
