internal import Encoding
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// The address of the client. `X-Forwarded-For` is believed only from the proxies that the configuration names: anybody can send the
/// header.
struct ClientAddress: Sendable {
    let trustedProxies: [AddressRange]

    /// The address of the client, and for IPv6 its network of 64 bits, which one client has to itself.
    ///
    /// - Parameter peer: the address at the other end of the connection; nil where nobody can say, and then nobody is believed.
    func of(_ request: Request, from peer: String?) -> String? {
        peer.map { Self.network(client(request, from: $0)) }
    }

    /// Whether the connection comes from a proxy, which brings many clients.
    func isProxy(_ peer: SocketAddress?) -> Bool {
        guard let address = peer?.ipAddress else { return false }
        return isTrusted(address)
    }

    private func client(_ request: Request, from peer: String) -> String {
        guard isTrusted(peer) else { return peer }
        // Each proxy adds, at the end, where the request came to it from: the last one that is none of ours is the client.
        let hops = request.headers[values: .xForwardedFor].flatMap { $0.split(separator: ",") }.map {
            Self.withoutPort($0.trimmingCharacters(in: .whitespaces))
        }
        return hops.last { !isTrusted($0) } ?? hops.first ?? peer
    }

    /// Some proxies add the port of the client, which each of its connections has another of: `192.0.2.1:5678`, `[2001:db8::1]:5678`.
    private static func withoutPort(_ hop: String) -> String {
        if hop.hasPrefix("["), let end = hop.firstIndex(of: "]") { return String(hop[..<end].dropFirst()) }
        let parts = hop.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 ? String(parts[0]) : hop
    }

    private func isTrusted(_ address: String) -> Bool { trustedProxies.contains { $0.contains(address) } }

    /// What is no address stays as it is, within a bound.
    static func network(_ address: String) -> String {
        guard let bytes = AddressRange.bytes(address) else { return String(address.prefix(64)) }
        return bytes.count == 4 ? bytes.map(String.init).joined(separator: ".") : bytes.prefix(8).hexadecimal + "/64"
    }
}
