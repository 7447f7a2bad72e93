import Testing

@testable import API

@Suite struct WebAddressTests {
    /// A combining mark is one character with the slash before it, and one byte or more behind it.
    @Test(arguments: [
        ("http://x.example/a", "http://x.example/a"), ("HTTPS://x.example", "HTTPS://x.example"),
        ("http://\u{301}x.example/", "http://%CC%81x.example/"), ("http:/x.example", nil), ("ftp://x.example", nil), ("https://", nil),
        ("httpſ://x.example", nil), ("", nil),
    ])
    func theSchemeIsReadByteByByte(text: String, uri: String?) { #expect(WebAddress.uri(text) == uri) }
}
