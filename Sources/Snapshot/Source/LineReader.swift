internal import Foundation

/// Reads a file line by line in bounded memory.
struct LineReader {
    enum Line {
        case whole([UInt8])
        /// A line that is too long to be taken into memory: its beginning, and how many bytes it has.
        case tooLong([UInt8], bytes: Int)
    }

    private static let chunk = 1 << 20  // 1 MiB
    /// Most bytes of a line, several times what a row can have that the archive takes.
    private static let longest = 1 << 24  // 16 MiB
    private static let shownOfTooLong = 200
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private let path: String
    private let file: FileHandle
    private var buffer: [UInt8] = []
    private var position = 0
    private var isAtStart = true
    private var isAtEnd = false

    /// - Throws: `SnapshotError` when the file cannot be opened.
    init(_ url: URL) throws {
        path = url.path
        do { file = try FileHandle(forReadingFrom: url) } catch {
            throw SnapshotError.notReadable(url.path, reason: error.localizedDescription)
        }
    }

    /// The next line that is not empty, without its end; nil at the end of the file. A byte order mark before the first one is
    /// no part of it.
    mutating func next() throws -> Line? {
        var searched = position
        while true {
            if let end = lineEnd(from: searched) {
                let line = trimmed(buffer[position..<end])
                position = end + 1
                searched = position
                if !line.isEmpty { return .whole(line) }
                continue
            }
            if isAtEnd {
                let line = trimmed(buffer[position...])
                position = buffer.count
                return line.isEmpty ? nil : .whole(line)
            }
            if buffer.count - position > Self.longest { return try skipLine() }
            let seen = buffer.count - position
            try readMore()
            searched = seen
        }
    }

    private func lineEnd(from start: Int) -> Int? {
        buffer.withUnsafeBytes { bytes in
            guard start < bytes.count, let base = bytes.baseAddress else { return nil }
            return memchr(base + start, Int32(UInt8(ascii: "\n")), bytes.count - start).map { UnsafeRawPointer($0) - base }
        }
    }

    /// Goes behind a line without keeping it.
    private mutating func skipLine() throws -> Line {
        let beginning = Array(buffer[position...].prefix(Self.shownOfTooLong))
        var count = 0
        while true {
            if let end = lineEnd(from: position) {
                count += end - position
                position = end + 1
                return .tooLong(beginning, bytes: count)
            }
            count += buffer.count - position
            position = buffer.count
            if isAtEnd { return .tooLong(beginning, bytes: count) }
            try readMore()
        }
    }

    /// Reads a piece behind what is not read yet, which moves to the start of the buffer.
    private mutating func readMore() throws {
        buffer.removeFirst(position)
        position = 0
        do {
            let more = try file.read(upToCount: Self.chunk) ?? Data()
            isAtEnd = more.isEmpty
            buffer.append(contentsOf: more)
        } catch {
            throw SnapshotError.notReadable(path, reason: error.localizedDescription)
        }
    }

    private mutating func trimmed(_ line: ArraySlice<UInt8>) -> [UInt8] {
        var line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        if isAtStart, line.starts(with: Self.byteOrderMark) { line = line.dropFirst(Self.byteOrderMark.count) }
        isAtStart = false
        return Array(line)
    }
}
