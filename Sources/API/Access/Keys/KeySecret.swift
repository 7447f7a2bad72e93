internal import Crypto

/// A key as its holder has it: 256 random bits behind a word that says what it is, so that scanners of secrets know it where it leaks.
public struct KeySecret: Sendable {
    public let text: String

    public enum Kind: String, Sendable {
        case key = "xmk_"
        case feedToken = "xmf_"
    }

    /// A new one.
    public init(_ kind: Kind) {
        text = kind.rawValue + SymmetricKey(size: .bits256).withUnsafeBytes { Base64URL.encode(Array($0)) }
    }

    /// Letters that lists show.
    public static let prefixLength = 8

    public var prefix: String { String(text.prefix(Self.prefixLength)) }
    /// As the archive keeps it.
    public var digest: String { KeyRing.digest(text) }
}
