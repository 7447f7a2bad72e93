import Synchronization

extension PoolCore {
    /// Waits in line for a connection or a slot. Throws `.poolTimeout`, `.cancelled` or `.closed`.
    nonisolated(nonsending) func wait() async throws -> PoolGrant {
        let start = ContinuousClock.now
        let id = state.withLock { $0.newWaiterID() }
        do {
            let grant = try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { continuation in enqueue(id, continuation) }
            } onCancel: {
                fail(id, PostgresError(.cancelled, "waiting for a pooled connection was cancelled"))
            }
            observe?(.waited(.now - start))
            return grant
        } catch let error as PostgresError where error.kind == .poolTimeout {
            observe?(.waitTimedOut(.now - start))
            throw error
        }
    }

    private func enqueue(_ id: UInt64, _ continuation: CheckedContinuation<PoolGrant, any Error>) {
        let result: Result<PoolGrant, PostgresError>? = state.withLock { state in
            if state.isClosed { return .failure(Self.closed) }
            // Looked at under the lock: a cancellation from now on finds the waiter in the line.
            if Task.isCancelled {
                return .failure(PostgresError(.cancelled, "waiting for a pooled connection was cancelled"))
            }
            if let grant = state.take() { return .success(grant) }
            state.waiters.append(PoolState.Waiter(id: id, continuation: continuation, timer: timer(id)))
            return nil
        }
        if let result { continuation.resume(with: result.mapError { $0 }) }
    }

    private func timer(_ id: UInt64) -> Task<Void, Never> {
        let limit = options.waitTimeout
        let maximum = options.maximum
        return Task {
            guard (try? await Task.sleep(for: limit)) != nil else { return }
            fail(id, PostgresError(.poolTimeout, "none of the \(maximum) pooled connections became free within \(limit)"))
        }
    }

    private func fail(_ id: UInt64, _ error: PostgresError) {
        let waiter = state.withLock { $0.removeWaiter(id) }
        waiter?.resume(.failure(error))
    }
}
