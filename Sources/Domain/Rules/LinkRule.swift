/// The address of a post is opened by people who click on it, so it has to be `http` or `https` and nothing else.
public enum LinkRule {
    public static func isWebAddress(_ bytes: some Collection<UInt8>) -> Bool {
        ["http://", "https://"].contains { scheme in
            let start = bytes.prefix(scheme.utf8.count)
            return bytes.count > scheme.utf8.count && start.elementsEqual(scheme.utf8) { lowerCased($0) == $1 }
        }
    }

    private static func lowerCased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
