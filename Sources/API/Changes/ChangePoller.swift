internal import Domain

/// Polls the end of the changes once a second while clients wait for more, however many there are.
actor ChangePoller {
    private let reading: any ArchiveReading
    private var end: ChangePlace?
    /// Happens when the end moves; then another one takes its place.
    private var move = OneShotEvent()
    private var waiting = 0
    private var isPolling = false
    private var pages: [ChangeCursor: Task<Result<ChangePage?, ArchiveError>, Never>] = [:]

    private static let interval = Duration.seconds(1)

    init(_ reading: any ArchiveReading) {
        self.reading = reading
    }

    /// Returns when there is something at `place`, after `duration`, or when `disconnect` happens.
    func wait(at place: ChangePlace, for duration: Duration, until disconnect: OneShotEvent) async {
        await withTaskGroup { group in
            group.addTask { await self.wait(at: place) }
            group.addTask { try? await Task.sleep(for: duration) }
            group.addTask { await disconnect.wait() }
            await group.next()
            group.cancelAll()
        }
    }

    /// A page for a client that waited. All wake at once and most want the same page, so they share one query; what is written
    /// during that query wakes them again.
    func page(from cursor: ChangeCursor) async throws(ArchiveError) -> ChangePage? {
        if let page = pages[cursor] { return try await page.value.get() }
        let page = Task { [reading] in
            do throws(ArchiveError) {
                return Result<_, ArchiveError>.success(try await reading.changes(from: cursor, limit: ChangesQuery.defaultLimit))
            } catch {
                return .failure(error)
            }
        }
        pages[cursor] = page
        defer { pages[cursor] = nil }
        return try await page.value.get()
    }

    private func wait(at place: ChangePlace) async {
        waiting += 1
        defer { waiting -= 1 }
        if !isPolling {
            isPolling = true
            Task { await poll() }
        }
        while !Task.isCancelled, end.map({ $0 <= place }) ?? true { await move.wait() }
    }

    private func poll() async {
        while waiting > 0 {
            // A failure is not reported here: each client asks for a page in the end, and gets the error then.
            if let now = try? await reading.endOfChanges(), now != end {
                end = now
                move.happen()
                move = OneShotEvent()
            }
            try? await Task.sleep(for: Self.interval)
        }
        isPolling = false
    }
}
