extension String {
    /// E-mail addresses and domains are compared in this form. Letters beyond ASCII stay: the Kelvin sign does not become the `k` of somebody
    /// else's address.
    public var asciiLowercased: String { String(decoding: utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self) }
}
