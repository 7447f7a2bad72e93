internal import NIOHTTP1

/// What RFC 9110 and 9112 ask of the head of a request and the parser leaves to the server.
enum RequestRules {
    /// The head in its simple form: with the path alone as target, and at most one `Host`, which is the one that counts.
    ///
    /// - Throws: `Problem` when the request is ambiguous, or the end of its body is.
    static func check(_ head: HTTPRequestHead) throws(Problem) -> HTTPRequestHead {
        var head = head
        try checkHost(head)
        try checkCoding(head)
        try simplifyTarget(&head)
        // A client of HTTP/1.0 does not wait for an interim answer (RFC 9110, section 10.1.1).
        if head.version.isOld { head.headers.remove(name: "expect") }
        return head
    }

    /// RFC 9112, section 3.2.
    private static func checkHost(_ head: HTTPRequestHead) throws(Problem) {
        let hosts = head.headers["host"]
        guard hosts.count == 1 || hosts.isEmpty && head.version.isOld else {
            throw malformed(
                hosts.isEmpty ? "A request of HTTP/1.1 needs a Host." : "A request may have one Host; this one has \(hosts.count).")
        }
        guard hosts.allSatisfy({ Host.isWellFormed($0[...], mayBeEmpty: true) }) else {
            throw malformed("The Host of this request is malformed.")
        }
    }

    /// RFC 9112, section 6: the body of a request is as long as it says, or comes in chunks.
    private static func checkCoding(_ head: HTTPRequestHead) throws(Problem) {
        let codings = head.headers[canonicalForm: "transfer-encoding"]
        guard !codings.isEmpty else { return }
        guard !head.version.isOld else { throw malformed("A request of HTTP/1.0 has no Transfer-Encoding.") }
        guard !head.headers.contains(name: "content-length") else {
            throw malformed("A request with Transfer-Encoding has no Content-Length.")
        }
        guard codings.count == 1, codings[0].lowercased() == "chunked" else {
            throw Problem(.notImplemented, "This server knows no Transfer-Encoding but chunked.")
        }
    }

    /// RFC 9112, section 3.2: a client may send the whole address, whose host then counts.
    private static func simplifyTarget(_ head: inout HTTPRequestHead) throws(Problem) {
        if head.uri.utf8.contains(UInt8(ascii: "#")) { throw malformed("The address of a request has no fragment.") }
        if head.uri.utf8.first == UInt8(ascii: "/") { return }
        if head.method == .CONNECT { throw Problem(.notImplemented, "This server is no proxy.") }
        if head.uri == "*", head.method == .OPTIONS { return }
        guard let scheme = WebAddress.scheme(of: head.uri) else { throw malformed("The address of a request begins with a slash.") }
        let rest = Substring(head.uri.unicodeScalars.dropFirst(scheme.unicodeScalars.count))
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard Host.isWellFormed(authority, mayBeEmpty: false) else {
            throw malformed("The host in the address of this request is malformed.")
        }
        head.headers.replaceOrAdd(name: "host", value: String(authority))
        let path = rest.dropFirst(authority.count)
        head.uri = path.isEmpty && head.method == .OPTIONS ? "*" : path.first == "/" ? String(path) : "/" + path
    }

    private static func malformed(_ text: String) -> Problem { Problem(.malformedRequest, text) }
}

extension HTTPVersion {
    /// Whether it is HTTP/1.0, which knows neither chunks nor `Host`, and one request for each connection.
    var isOld: Bool { major == 1 && minor == 0 }
}

/// A host, and perhaps a port (RFC 3986, section 3.2).
private enum Host {
    static func isWellFormed(_ text: Substring, mayBeEmpty: Bool) -> Bool {
        var rest = text.utf8[...]
        if rest.isEmpty { return mayBeEmpty }
        if rest.first == UInt8(ascii: "[") {
            guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return false }
            guard rest[..<end].dropFirst().allSatisfy({ isOfName($0) || $0 == UInt8(ascii: ":") }) else { return false }
            rest = rest[rest.index(after: end)...]
        } else {
            let name = rest.prefix(while: isOfName)
            if name.isEmpty { return false }
            rest = rest.dropFirst(name.count)
        }
        guard let colon = rest.first else { return true }
        return colon == UInt8(ascii: ":") && rest.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Letters, digits, and the signs that a name may have, percent escapes among them.
    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "-._~%!$&'()*+,;=".utf8.contains(byte)
        }
    }
}
