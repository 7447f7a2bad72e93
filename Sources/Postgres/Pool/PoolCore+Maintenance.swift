import Synchronization

extension PoolCore {
    /// Until the task is cancelled: closes what is old or idle, opens what is missing to the minimum.
    func maintain() async {
        let interval = max(.milliseconds(20), min(.seconds(5), min(options.idleTimeout, options.maxLifetime) / 4))
        while !Task.isCancelled {
            await fill()
            guard (try? await Task.sleep(for: interval)) != nil else { return }
            await reap()
        }
    }

    private func fill() async {
        while state.withLock({ state in
            guard !state.isClosed, state.open < min(options.minimum, state.maximum) else { return false }
            state.open += 1
            return true
        }) {
            // A failure is observed where it happens; the next round tries again.
            guard let pooled = try? await open() else { return }
            await giveBack(pooled)
        }
    }

    private func reap() async {
        let now = ContinuousClock.now
        let dead = state.withLock { state in
            var dead: [(PooledConnection, PoolObservation.CloseReason)] = []
            var spare = state.open - options.minimum
            state.idle.removeAll { idle in
                let isOld = now - idle.pooled.birth >= options.maxLifetime
                let isIdle = spare > 0 && now - idle.since >= options.idleTimeout
                guard isOld || isIdle else { return false }
                spare -= 1
                dead.append((idle.pooled, isOld ? .old : .idle))
                return true
            }
            return dead
        }
        for (pooled, reason) in dead { await discard(pooled, reason) }
    }

    /// Closes idle connections, refuses waiting leases, and returns once all leases have ended.
    func close() async {
        let (idle, waiters) = state.withLock { state in
            state.isClosed = true
            defer { (state.idle, state.waiters) = ([], []) }
            return (state.idle, state.waiters)
        }
        for waiter in waiters { waiter.resume(.failure(Self.closed)) }
        for entry in idle { await discard(entry.pooled, .poolClosed) }
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                if state.open > 0 { state.closers.append(continuation) }
                return state.open == 0
            }
            if isDone { continuation.resume() }
        }
    }
}
