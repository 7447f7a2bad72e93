internal import Foundation

/// Addresses that secrets may be sent to.
public enum ProviderAddress {
    /// HTTPS; plain HTTP on this machine alone, and only where the issuer itself is reached so.
    static func isAcceptable(_ text: String, issuer: String) -> Bool {
        guard let url = URLComponents(string: text), let host = url.host, !host.isEmpty, url.user == nil, url.password == nil,
            url.fragment == nil
        else { return false }
        return url.scheme == "https" || url.scheme == "http" && isLoopback(host) && issuer.hasPrefix("http://")
    }

    public static func isLoopback(_ host: String) -> Bool {
        ["localhost", "::1", "[::1]"].contains(host) || host.wholeMatch(of: /127(\.[0-9]{1,3}){3}/) != nil
    }
}
