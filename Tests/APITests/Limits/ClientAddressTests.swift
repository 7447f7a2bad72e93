import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import API

@Suite struct ClientAddressTests {
    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("127.0.0.1", "127.0.0.1", true),
        ("127.0.0.1", "127.0.0.2", false), ("192.168.128.0/17", "192.168.200.9", true), ("192.168.128.0/17", "192.168.127.255", false),
        ("2001:db8::/33", "2001:db8:7fff::1", true), ("2001:db8::/33", "2001:db8:8000::1", false), ("0.0.0.0/0", "8.8.8.8", true),
        ("10.0.0.0/8", "::ffff:10.1.2.3", true), ("0.0.0.0/0", "::1", false), ("::1", "0:0:0:0:0:0:0:1", true),
    ])
    func aRangeHoldsWhatBeginsAlike(range: String, address: String, isIn: Bool) throws {
        #expect(try #require(AddressRange(range)).contains(address) == isIn)
    }

    @Test(arguments: [
        "", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/+8", "::/129", "host", "10.0.0/8", "10.0.0.0/8/8", " 10.0.0.1",
    ])
    func whatIsNoRangeIsNone(text: String) { #expect(AddressRange(text) == nil) }

    @Test(arguments: [
        // Whoever is no proxy is believed nothing.
        ("8.8.8.8", ["1.1.1.1"], "8.8.8.8"), ("8.8.8.8", [], "8.8.8.8"),
        ("10.0.0.1", ["1.1.1.1"], "1.1.1.1"), ("10.0.0.1", [], "10.0.0.1"),
        // What the client wrote itself stands before what the proxies added.
        ("10.0.0.1", ["6.6.6.6, 1.1.1.1"], "1.1.1.1"), ("10.0.0.1", ["6.6.6.6", "1.1.1.1, 10.0.0.2"], "1.1.1.1"),
        ("10.0.0.1", ["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
        // Some proxies add the port.
        ("10.0.0.1", ["1.1.1.1:5678"], "1.1.1.1"), ("10.0.0.1", ["1.1.1.1, 10.0.0.2:443"], "1.1.1.1"),
        ("10.0.0.1", ["[2001:db8:1:2::1]:5678"], "20010db800010002/64"), ("10.0.0.1", ["[2001:db8:1:2::1]"], "20010db800010002/64"),
        ("10.0.0.1", ["[::ffff:1.1.1.1]:5678"], "1.1.1.1"), ("10.0.0.1", ["[1.1.1.1"], "[1.1.1.1"),
        ("2001:db8:1:2:3:4:5:6", [], "20010db800010002/64"), ("10.0.0.1", ["2001:db8:1:2:ffff::1"], "20010db800010002/64"),
    ])
    func itIsTheLastAddressThatIsNoneOfTheProxies(peer: String, forwarded: [String], client: String) throws {
        let addresses = ClientAddress(trustedProxies: [try #require(AddressRange("10.0.0.0/8"))])
        var headers = HTTPFields()
        headers[values: .xForwardedFor] = forwarded
        let request = Request(
            head: HTTPRequest(method: .get, scheme: "http", authority: "x", path: "/", headerFields: headers),
            body: RequestBody(buffer: ByteBuffer()))
        #expect(addresses.of(request, from: peer) == client)
    }
}
