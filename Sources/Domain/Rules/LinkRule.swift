/// The address of a post is opened by people who click on it, so it has to be `http` or `https` and nothing else.
public enum LinkRule {
    @usableFromInline static let schemes = [Array("http://".utf8), Array("https://".utf8)]

    // Inlinable, as every rule that a million rows go through: it is made for each kind of bytes that callers have.
    @inlinable
    public static func isWebAddress(_ bytes: some Collection<UInt8>) -> Bool {
        schemes.contains { scheme in
            guard bytes.count > scheme.count else { return false }
            var index = bytes.startIndex
            for expected in scheme {
                let byte = bytes[index]
                let isUpperCase = byte >= 0x41 && byte <= 0x5A
                guard (isUpperCase ? byte | 0x20 : byte) == expected else { return false }
                index = bytes.index(after: index)
            }
            return true
        }
    }
}
