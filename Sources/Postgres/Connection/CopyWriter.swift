import CLibPQ

/// Takes the data of a COPY … FROM STDIN. Belongs to the connection's thread: writing changes no threads, and waits
/// there while the server is slower than the writer.
public final class CopyWriter {
    private let session: Session
    private let timeout: Duration?
    /// Small writes are gathered, so that a row does not cost a system call and a protocol message.
    private var buffer: [UInt8] = []
    /// What made a write fail; the COPY is not ended as if all were well even when the caller swallowed the error.
    private(set) var failure: PostgresError?
    private static let bufferSize = 64 << 10
    /// libpq copies each message into its own buffer, which so never grows far beyond this.
    private static let largestMessage = 256 << 10

    init(session: Session, timeout: Duration?) {
        self.session = session
        self.timeout = timeout
        buffer.reserveCapacity(Self.bufferSize)
    }

    /// Writes bytes in the format the COPY statement names; rows may be cut anywhere. Throws `.connection` when the
    /// connection is lost, `.timeout`, `.cancelled`; what the server has against the data is thrown by `copyIn`.
    public func write(_ bytes: UnsafeRawBufferPointer) throws(PostgresError) {
        if buffer.count + bytes.count <= Self.bufferSize {
            buffer.append(contentsOf: bytes)
            return
        }
        try flush()
        if bytes.count < Self.bufferSize {
            buffer.append(contentsOf: bytes)
            return
        }
        var rest = bytes[...]
        while !rest.isEmpty {
            try send(UnsafeRawBufferPointer(rebasing: rest.prefix(Self.largestMessage)))
            rest = rest.dropFirst(Self.largestMessage)
        }
    }

    /// Writes bytes in the format the COPY statement names; see the other `write`.
    public func write(_ bytes: [UInt8]) throws(PostgresError) {
        let result = bytes.withUnsafeBytes { bytes in Result { () throws(PostgresError) in try write(bytes) } }
        try result.get()
    }

    func flush() throws(PostgresError) {
        guard !buffer.isEmpty else { return }
        let result = buffer.withUnsafeBytes { bytes in Result { () throws(PostgresError) in try send(bytes) } }
        buffer.removeAll(keepingCapacity: true)
        try result.get()
    }

    private func send(_ bytes: UnsafeRawBufferPointer) throws(PostgresError) {
        if let failure { throw failure }
        do throws(PostgresError) {
            session.restartDeadline(timeout)
            try session.putCopyData(bytes)
        } catch {
            failure = error
            throw error
        }
    }
}
