internal import Foundation

/// Where a container of ECS asks for the credentials of its role.
struct ContainerEndpoint: Sendable {
    var address: String
    private var token: String?
    private var tokenFile: String?

    /// The endpoint of ECS, and where EKS has its own.
    private static let hosts: Set<String> = ["169.254.170.2", "169.254.170.23", "fd00:ec2::23", "localhost", "::1"]

    /// - Throws: `CredentialError` for an address that could be anybody's: what it answers would be believed, and it gets the token.
    init?(environment: [String: String]) throws(CredentialError) {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let path = value("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
            guard path.hasPrefix("/") else {
                throw CredentialError("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is \"\(path)\"; it has to begin with a slash.")
            }
            address = "http://169.254.170.2" + path
        } else if let text = value("AWS_CONTAINER_CREDENTIALS_FULL_URI") {
            guard let url = URLComponents(string: text), let host = url.host, url.scheme == "https" || Self.isOwn(host) else {
                throw CredentialError(
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI is \"\(text)\"; it has to be https://, or http:// on this machine or the endpoint of ECS."
                )
            }
            address = text
        } else {
            return nil
        }
        token = value("AWS_CONTAINER_AUTHORIZATION_TOKEN")
        tokenFile = value("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")
    }

    private static func isOwn(_ host: String) -> Bool {
        let bare = host.trimmingCharacters(in: ["[", "]"])
        let parts = bare.split(separator: ".")
        return hosts.contains(bare) || parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// What goes into the header `Authorization`. The file is read each time: what it holds is replaced now and then.
    func authorization() throws(CredentialError) -> String? {
        guard let tokenFile else { return token }
        guard let data = FileManager.default.contents(atPath: tokenFile), let text = String(data: data, encoding: .utf8) else {
            throw CredentialError("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE names \(tokenFile), which cannot be read as text.")
        }
        let found = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !found.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw CredentialError("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE names \(tokenFile), which holds more than one line.")
        }
        return found
    }
}
