import Testing

@testable import CLI

@Suite struct ServerAddressTests {
    @Test(arguments: [
        ("127.0.0.1", "http://127.0.0.1:8080"), ("localhost", "http://localhost:8080"), ("::1", "http://[::1]:8080"),
        ("::", "http://[::]:8080"),
    ])
    func theAddressThatIsPrintedIsAURL(host: String, address: String) {
        #expect(ServerRunner.address(host, port: 8080) == address)
    }
}
