internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// The files of the web feed, read once: they are small, and a request never touches the disk.
struct WebFiles: Sendable {
    private struct File: Sendable {
        var body: ByteBuffer
        /// The same, compressed once for all, where it is worth it.
        var compressed: ByteBuffer?
        var type: String
        var tag: EntityTag
    }

    private let files: [String: File]
    /// The path that addresses in HTML begin with.
    private let base: String

    /// The folder of the web feed cannot be read.
    struct Unreadable: Error, CustomStringConvertible {
        var folder: String
        var description: String {
            "The folder of the web feed, \(folder), cannot be read or has no index.html. Put it beside the program, set XMONITOR_WEB_ROOT to it, or set that to nothing to serve the API alone."
        }
    }

    /// - Parameter publicURL: what readers reach the server by. Addresses in HTML begin with its path; scripts know theirs by themselves.
    /// - Throws: `Unreadable`; `Gzip.OutOfMemory`.
    init(folder: String, publicURL: String?) throws {
        base = publicURL.flatMap(URLComponents.init(string:))?.percentEncodedPath ?? ""
        let root = URL(fileURLWithPath: folder).standardizedFileURL
        var files: [String: File] = [:]
        for case let path as String in FileManager.default.enumerator(atPath: root.path) ?? .init() {
            guard let type = Self.type(of: path), var data = try? Data(contentsOf: root.appendingPathComponent(path)) else { continue }
            if type.hasPrefix("text/html") { data = Self.below(base, data) }
            let body = ByteBuffer(bytes: data)
            files["/" + path] = File(
                body: body, compressed: try Compression.once(body, type: type), type: type, tag: EntityTag(of: data))
        }
        guard files["/index.html"] != nil else { throw Unreadable(folder: folder) }
        self.files = files
    }

    private static func below(_ base: String, _ html: Data) -> Data {
        guard !base.isEmpty else { return html }
        return Data(String(decoding: html, as: UTF8.self).replacing("=\"/", with: "=\"\(base)/").utf8)
    }

    /// The name of the file that `request` asks for; nil when there is none.
    func file(of request: Request) -> String? {
        let name = Self.name(request.uri.path)
        return files[name] == nil ? nil : name
    }

    /// The file that `request` asks for; nil when there is none.
    func response(_ request: Request) -> Response? {
        guard request.method == .get || request.method == .head, let file = files[Self.name(request.uri.path)] else { return nil }
        var headers: HTTPFields = [.contentType: file.type, .eTag: file.tag.text, .cacheControl: "no-cache"]
        if file.compressed != nil { headers[.vary] = "Accept-Encoding" }
        if IfNoneMatch(request)?.includes(file.tag) == true { return .notModified(headers) }
        guard let compressed = file.compressed, AcceptEncoding(request.headers).gzip != .no else {
            return Response(status: .ok, headers: headers, body: .init(byteBuffer: file.body))
        }
        headers[.contentEncoding] = "gzip"
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: compressed))
    }

    /// What a person gets at an address that is none: the page of that name, or a way on that says where the posts are. Programs, and
    /// whoever asks the API, get a problem document instead: nil.
    func wayOn(_ request: Request) -> Response? {
        let path = request.uri.path
        let isOfAPI = ["/v1", "/api"].contains { path == $0 || path.hasPrefix($0 + "/") }
        let wantsPage = request.headers[values: .accept].contains { $0.contains("text/html") }
        guard request.method == .get || request.method == .head, wantsPage, !isOfAPI else { return nil }
        if ["/overview", "/overview/"].contains(path) {
            return Response(status: .movedPermanently, headers: [.location: base + "/overview.html"])
        }
        guard let page = files["/not-found.html"] else { return nil }
        return Response(
            status: .notFound, headers: [.contentType: page.type, .cacheControl: "no-cache"], body: .init(byteBuffer: page.body))
    }

    /// A folder is its page, and the page of the feed has an address for each post.
    private static func name(_ path: String) -> String {
        let isPost = path.hasPrefix("/posts/") && path.split(separator: "/").count == 2
        return switch path {
        case "/": "/index.html"
        case "/docs", "/docs/": "/docs/index.html"
        default: isPost ? "/index.html" : path
        }
    }

    private static func type(of path: String) -> String? {
        switch path.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "svg": "image/svg+xml"
        case "json", "webmanifest": "application/json; charset=utf-8"
        case "txt": "text/plain; charset=utf-8"
        case "png": "image/png"
        case "ico": "image/x-icon"
        default: nil
        }
    }
}
