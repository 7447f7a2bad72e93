internal import Foundation

/// A range of IP addresses in CIDR notation (RFC 4632): `10.0.0.0/8`, `2001:db8::/32`, or one address.
public struct AddressRange: Hashable, Sendable {
    private var bytes: [UInt8]
    private var bits: Int

    /// Nil for what is none.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let bytes = Self.bytes(String(first)) else { return nil }
        guard parts.count < 2 || !parts[1].isEmpty && parts[1].allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
        guard let bits = parts.count < 2 ? bytes.count * 8 : Int(parts[1]), bits <= bytes.count * 8 else { return nil }
        self.bytes = bytes
        self.bits = bits
    }

    /// Whether `address`, without a port, lies in it.
    func contains(_ address: String) -> Bool {
        guard let other = Self.bytes(address), other.count == bytes.count else { return false }
        let (whole, rest) = bits.quotientAndRemainder(dividingBy: 8)
        guard bytes.prefix(whole) == other.prefix(whole) else { return false }
        return rest == 0 || (bytes[whole] ^ other[whole]) >> UInt8(8 - rest) == 0
    }

    /// The four or sixteen bytes of an address; an IPv4 address in IPv6 (RFC 4291, section 2.5.5.2) is one of IPv4.
    static func bytes(_ address: String) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, address, &bytes) == 1 { return Array(bytes.prefix(4)) }
        guard inet_pton(AF_INET6, address, &bytes) == 1 else { return nil }
        return bytes.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] ? Array(bytes.suffix(4)) : bytes
    }
}
