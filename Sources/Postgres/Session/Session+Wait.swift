import CLibPQ

extension Session {
    /// Waits until the socket can be read (the input is then consumed) or, if asked for, written. When the deadline
    /// passes or the operation is cancelled, the server is asked to cancel and gets a grace period to answer;
    /// without an answer the connection is closed and this throws.
    func wait(writing: Bool = false) throws(PostgresError) {
        while true {
            let connection = try live()
            let events = writing ? Poll.reading | Poll.writing : Poll.reading
            let ready = Poll.wait(PQsocket(connection), events, control.wakePipe.readEnd, timeout: deadline.pollTimeout)
            if ready.isTimeout {
                try expire()
                continue
            }
            if ready.isWoken {
                control.wakePipe.drain()
                if !isShielded, interruption == nil, control.isCancelRequested { try interrupt(.cancelled) }
            }
            if ready.socket & ~Poll.writing != 0 {
                if PQconsumeInput(connection) == 0 { isLost = true }
                return
            }
            if ready.socket != 0 { return }
        }
    }

    /// Sends everything libpq has buffered, reading meanwhile so that neither side waits for the other forever.
    func flush() throws(PostgresError) {
        while PQflush(try live()) == 1 { try wait(writing: true) }
    }

    /// Tells the server to stop; what comes of it is seen in the next result.
    private func interrupt(_ reason: PostgresError.Kind) throws(PostgresError) {
        interruption = (reason, cancelRequest.send(waking: control.wakePipe))
        deadline = Deadline(in: Self.grace)
        if throwsWhenInterrupted { throw interrupted(reason) }
    }

    private func expire() throws(PostgresError) {
        guard isClosedAtDeadline || interruption != nil else { return try interrupt(.timeout) }
        close()
        throw interrupted(interruption?.reason ?? .timeout)
    }

    /// A cancel request still on its way could hit the next statement: waits for it, or gives the connection up.
    func settleInterruption() {
        guard let interruption else { return }
        while !interruption.attempt.isDone {
            let ready = Poll.wait(-1, 0, control.wakePipe.readEnd, timeout: deadline.pollTimeout)
            if ready.isTimeout { return close() }
            control.wakePipe.drain()
        }
        self.interruption = nil
    }
}
