import SystemPackage

/// A file that is read as a whole.
enum SmallFile {
    /// Its bytes; of one that is larger than `maximum` a few more than that.
    ///
    /// No signal that somebody else hears interrupts it, as it would Foundation's reading.
    static func bytes(_ path: String, maximum: Int) throws(Errno) -> [UInt8] {
        let file = try open(path)
        defer { try? file.close() }
        var bytes: [UInt8] = []
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 4_096, alignment: 1)
        defer { buffer.deallocate() }
        while bytes.count <= maximum {
            let count = try read(file, buffer)
            if count == 0 { break }
            bytes += buffer.prefix(count)
        }
        return bytes
    }

    private static func open(_ path: String) throws(Errno) -> FileDescriptor {
        do { return try FileDescriptor.open(FilePath(path), .readOnly) } catch { throw error as? Errno ?? .ioError }
    }

    private static func read(_ file: FileDescriptor, _ buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int {
        do { return try file.read(into: buffer) } catch { throw error as? Errno ?? .ioError }
    }
}
