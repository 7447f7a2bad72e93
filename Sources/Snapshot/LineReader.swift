internal import Foundation

/// Reads a file line by line in bounded memory.
struct LineReader {
    private static let chunk = 1 << 20  // 1 MiB

    private let path: String
    private let file: FileHandle
    private var buffer: [UInt8] = []
    private var position = 0
    private var isAtEnd = false

    /// - Throws: `SnapshotError` when the file cannot be opened.
    init(_ url: URL) throws {
        path = url.path
        do { file = try FileHandle(forReadingFrom: url) } catch {
            throw SnapshotError.notReadable(url.path, reason: error.localizedDescription)
        }
    }

    /// The next line that is not empty, without its end; nil at the end of the file.
    mutating func next() throws -> [UInt8]? {
        var searched = position
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = Self.trimmed(buffer[position..<end])
                position = end + 1
                searched = position
                if !line.isEmpty { return line }
                continue
            }
            if isAtEnd {
                let line = Self.trimmed(buffer[position...])
                position = buffer.count
                return line.isEmpty ? nil : line
            }
            buffer.removeFirst(position)
            position = 0
            searched = buffer.count
            do {
                let more = try file.read(upToCount: Self.chunk) ?? Data()
                isAtEnd = more.isEmpty
                buffer.append(contentsOf: more)
            } catch {
                throw SnapshotError.notReadable(path, reason: error.localizedDescription)
            }
        }
    }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> [UInt8] {
        Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
    }
}
