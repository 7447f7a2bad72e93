/// Text that nobody can guess, from the system's generator.
enum RandomText {
    /// 256 bits: states, nonces, and verifiers of PKCE (RFC 7636, section 4.1).
    static func make(bytes count: Int = 32) -> String {
        Base64URL.encode((0..<count).map { _ in UInt8.random(in: .min ... .max) })
    }
}
