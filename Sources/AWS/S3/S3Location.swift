internal import Foundation

/// The address of a bucket.
struct S3Location: Sendable {
    var bucket: String
    var region: String
    /// `https://HOST`, by which requests go.
    var origin: String
    /// What stands before a key.
    var prefix: String

    /// - Parameter endpoint: instead of AWS's own; the bucket is then the first part of the path.
    init(bucket: String, region: String, endpoint: String? = nil) {
        self.bucket = bucket
        self.region = region
        if let endpoint {
            origin = endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint
            prefix = "/\(bucket)/"
        } else if bucket.contains(".") {
            // The certificate of AWS covers one name below the region's.
            origin = Self.regional(region)
            prefix = "/\(bucket)/"
        } else {
            origin = Self.regional(region, bucket: bucket)
            prefix = "/"
        }
    }

    /// Whether it says where a server is, and no more: a path or a user of its own would not be in what is signed.
    static func isOrigin(_ endpoint: String) -> Bool {
        guard let url = URLComponents(string: endpoint), url.scheme == "https" || url.scheme == "http", url.host?.isEmpty == false else {
            return false
        }
        return ["", "/"].contains(url.path) && url.query == nil && url.fragment == nil && url.user == nil && url.password == nil
    }

    /// The regional name, since a VPC's gateway takes no other.
    private static func regional(_ region: String, bucket: String? = nil) -> String {
        "https://\(bucket.map { $0 + "." } ?? "")s3.\(region).amazonaws.com\(region.hasPrefix("cn-") ? ".cn" : "")"
    }

    func presigned(_ method: String, _ key: String) -> PresignedURL {
        PresignedURL(
            method: method, origin: origin, path: prefix + key, service: "s3", region: region, body: .unsigned, lifetime: 300)
    }

    /// How an object is called in a message.
    func name(_ key: String) -> String { "s3://\(bucket)/\(key)" }
}
