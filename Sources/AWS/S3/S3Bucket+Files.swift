internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1

extension S3Bucket {
    /// Fetches the object into a new file that its owner alone may read. A file of this name is replaced; a part of the object never stays.
    ///
    /// - Returns: the SHA-256 of what was written, as 64 hexadecimal digits, and its bytes.
    /// - Throws: `S3Error`; `noSpace` when the disk has no room for it.
    public func download(_ key: String, to path: String) async throws(S3Error) -> (sha256: String, size: Int64) {
        do throws(S3Error) {
            return try await tryingAgain(key, within: Self.patienceWithFiles) { [http] request in
                let response = try await http.execute(request, deadline: .distantFuture)
                try await check(response, key)
                let length = response.headers.first(name: "content-length").flatMap { Int64($0) }
                var file = try DownloadedFile(path, expecting: length, of: location.name(key))
                for try await part in response.body { try file.write(part) }
                return try file.end()
            }
        } catch {
            unlink(path)
            throw error
        }
    }

    /// Stores the file at `path` as the object.
    public func put(file path: String, as key: String, type: String = "application/octet-stream") async throws(S3Error) {
        try await tryingAgain(key, method: .PUT, within: Self.patienceWithFiles) { [http] request in
            let file = try UploadedFile(path)
            var request = request
            request.headers.add(name: "Content-Type", value: type)
            request.body = .stream(file, length: .known(file.size))
            do { try await check(try await http.execute(request, deadline: .distantFuture), key) } catch let error as S3Error {
                throw error
            } catch  where file.failure != nil {
                throw file.failure ?? error
            }
        }
    }
}
