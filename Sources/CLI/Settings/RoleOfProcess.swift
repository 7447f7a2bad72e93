import AWS
import AsyncHTTPClient
import Foundation

/// What this process may do in AWS, by the role of its function or task.
enum RoleOfProcess {
    /// Lives as long as the process.
    private static let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: .forAWS)
    private static let source = Result { () throws(CredentialError) in try CredentialSource(environment: environment, http: http) }

    private static var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// - Throws: `S3Error` when the environment names no region or no credentials.
    static func bucket(_ name: String) throws(S3Error) -> S3Bucket { try S3Bucket(name, environment: environment, http: http) }

    /// - Throws: `CredentialError` when there are none.
    static func credentials() async throws(CredentialError) -> AWSCredentials { try await source.get().current() }

    /// Where the process runs; nil when the environment does not say.
    static var region: String? {
        ["AWS_REGION", "AWS_DEFAULT_REGION"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }
}
