import Domain
import Postgres
import TestDatabase
import Testing

@testable import Store

/// What a page of the feed may cost, whatever is asked for: it is read from the index of its order, and stops when it is full.
@Suite struct PageBudgetTests {
    private static let limit = 51
    /// As the archive's own.
    private static let budget = 4_000_000

    @Test(arguments: PostSort.allCases)
    func everyPageIsReadFromTheIndexOfItsOrder(sort: PostSort) async throws {
        try await BigArchive.database.value.connect(prepares: true) { connection in
            for filter in PostFilter.each {
                for start in [.first, .after(sort.middle), .before(sort.middle)] as [FeedStart] {
                    let scan = FeedScan(filter: filter, sort: sort, start: start, budget: Self.budget)
                    let index = sort.index(filter)
                    if scan.isChecked {
                        try await check(scan.checkedPage(Self.limit), scan, index, 8...60_000, on: connection)
                    } else {
                        try await check(scan.page(Self.limit), scan, index, 8...1_500, on: connection)
                    }
                }
            }
        }
    }

    private func check<Output>(
        _ statement: Statement<Output>, _ scan: FeedScan, _ index: String, _ cost: ClosedRange<Double>, on connection: isolated Connection
    ) async throws {
        let done = try await Plan.custom(statement, runs: true, on: connection)
        let generic = try await Plan.generic(statement, on: connection)
        for plan in [done, generic] {
            #expect(plan.paths(to: "posts") == [index], "\(plan)")
            #expect(plan.paths(to: "reports").isSubset(of: ["reports_pkey"]), "\(plan)")
            #expect(plan.nodes.allSatisfy { !["Bitmap Heap Scan", "Hash Join", "Gather", "Gather Merge"].contains($0.type) }, "\(plan)")
            #expect(cost.contains(plan.cost), "\(plan)")
        }
        for node in done.nodes where node.type == "Sort" { #expect(node.actualRows ?? 0 <= Double(Self.limit), "\(done)") }
        // Once for the page, and once, in the index alone, for the place where it ends.
        for type in ["Index Scan", "Index Only Scan"] {
            let read = done.scans(of: "posts").filter { $0.type == type }.reduce(0) { $0 + $1.reads }
            #expect(read <= Double(scan.window), "\(done)")
        }
    }

    /// A page begins where it begins, however far down: no entry of an index is passed over on the way.
    @Test(arguments: PostSort.allCases)
    func nothingIsPassedOver(sort: PostSort) async throws {
        try await BigArchive.untouched.value.connect { connection in
            for filter in PostFilter.each {
                for start in [.first, .after(sort.middle), .before(sort.middle)] as [FeedStart] {
                    let scan = FeedScan(filter: filter, sort: sort, start: start, budget: Self.budget)
                    let done =
                        scan.isChecked
                        ? try await Plan.custom(scan.checkedPage(Self.limit), runs: true, on: connection)
                        : try await Plan.custom(scan.page(Self.limit), runs: true, on: connection)
                    // A post that is read is on a page at most, and many entries of an index are on one.
                    for node in done.scans(of: "posts") { #expect(node.hits <= 30 + 1.1 * node.reads, "\(done)") }
                }
            }
        }
    }

    /// Of these, one in thirty passes at least.
    @Test(arguments: PostSort.allCases)
    func aPageOfWhatIsCommonReadsLittle(sort: PostSort) async throws {
        let filters = [
            PostFilter(hasLink: true), PostFilter(minimum: Counters(replies: 50)), PostFilter(isReported: false), PostFilter(tiers: [nil]),
            PostFilter(text: BigArchive.common), PostFilter(excluded: [BigArchive.common]), PostFilter(sourceQueries: ["query1"]),
            PostFilter(handles: [BigArchive.busy], isReported: false), PostFilter(tiers: [.teammate, .ecosystem], hasLink: false),
        ]
        try await BigArchive.database.value.connect { connection in
            for filter in filters {
                for start in [.first, .after(sort.middle), .before(sort.middle)] as [FeedStart] {
                    let statement = FeedScan(filter: filter, sort: sort, start: start, budget: Self.budget).checkedPage(Self.limit)
                    let plan = try await Plan.custom(statement, runs: true, on: connection)
                    #expect(plan.reads(of: "posts") <= Double(60 * Self.limit), "\(filter) \(plan)")
                }
            }
        }
    }

    /// A short page looks for all that pass only where an index says that they are few.
    @Test(arguments: PostSort.allCases)
    func whatIsRareIsFoundByAnIndex(sort: PostSort) async throws {
        let (since, until) = (BigArchive.discovered(5_000), BigArchive.discovered(5_020))
        let rare = [
            PostFilter(handles: [BigArchive.quiet]), PostFilter(handles: [BigArchive.quiet, BigArchive.nobody]),
            PostFilter(postedSince: since, postedUntil: until), PostFilter(since: since, until: until),
            PostFilter(minimum: Counters(likes: 995)), PostFilter(minimum: Counters(views: 99_000)), PostFilter(text: BigArchive.rare),
            PostFilter(isReported: true, minimum: Counters(likes: 990)),
        ]
        try await BigArchive.database.value.connect(prepares: true) { connection in
            for filter in rare {
                let scan = FeedScan(filter: filter, sort: sort, start: .after(sort.middle), budget: Self.budget)
                // A few posts in the order of the page are no matter for a search.
                guard scan.isChecked, scan.unchecked.isEmpty else { continue }
                let search = IndexedSearch(scan: scan)
                try await connection.transaction(readOnly: true) { connection in
                    try await connection.execute(IndexedSearch.byIndex)
                    var place: Int?
                    if let fewest = search.fewest {
                        place = try await connection.queryOptional(fewest)
                        let plan = try await Plan.custom(fewest, runs: true, on: connection)
                        #expect(
                            plan.scans(of: "posts").allSatisfy { $0.type == "Index Only Scan" && $0.actualRows ?? 0 <= 2_501 }, "\(plan)")
                    }
                    #expect(place != nil || search.usesTrigrams, "\(filter)")
                    let statement = place.map { search.page(Self.limit, outOf: $0) } ?? search.page(Self.limit)
                    let done = try await Plan.custom(statement, runs: true, on: connection)
                    #expect(done.nodes.allSatisfy { $0.type != "Seq Scan" }, "\(done)")
                    #expect((8...100_000).contains(done.cost), "\(done)")
                    // Not even in part are other indexes read, which may have any number of entries.
                    #expect(done.nodes.allSatisfy { $0.type != "BitmapAnd" }, "\(done)")
                    #expect(done.reads(of: "posts") <= 3_000, "\(done)")
                }
            }
        }
    }

    @Test func whatIsCommonIsNotSearchedFor() async throws {
        let (since, until) = (BigArchive.discovered(5_000), BigArchive.discovered(150_000))
        let common = [
            PostFilter(handles: [BigArchive.busy]), PostFilter(since: since, until: until), PostFilter(tiers: [.teammate]),
            PostFilter(isSignificant: true), PostFilter(isReported: true), PostFilter(minimum: Counters(likes: 2, views: 1)),
        ]
        try await BigArchive.database.value.connect { connection in
            for filter in common {
                let search = IndexedSearch(scan: FeedScan(filter: filter, sort: .velocity, start: .first, budget: Self.budget))
                let fewest = try #require(search.fewest)
                #expect(try await connection.queryOptional(fewest) == nil, "\(filter)")
            }
        }
    }
}

extension PostFilter {
    /// Each filter alone, then some of them together: common, rare and in vain.
    static let each: [PostFilter] = Field.allCases.map(PostFilter.init(using:)) + some

    private init(using field: Field) {
        self.init()
        switch field.kind {
        case .range(_, let since, let until):
            (self[keyPath: since], self[keyPath: until]) = (BigArchive.discovered(50_000), BigArchive.discovered(150_000))
        case .tiers(let member): self[keyPath: member] = [.teammate, .influencer]
        case .handles(let member): self[keyPath: member] = [BigArchive.busy, BigArchive.quiet]
        case .texts(let member): self[keyPath: member] = ["query1"]
        case .text(let member): self[keyPath: member] = BigArchive.common
        case .flag(let member): self[keyPath: member] = true
        case .count(let member): self[keyPath: member] = 99
        }
    }

    private static let some: [PostFilter] = {
        let (since, until) = (BigArchive.discovered(50_000), BigArchive.discovered(150_000))
        return [
            PostFilter(), PostFilter(since: since), PostFilter(until: until), PostFilter(postedSince: since),
            PostFilter(postedUntil: until),
            PostFilter(tiers: [.teammate]), PostFilter(tiers: [.teammate, .ecosystem]), PostFilter(tiers: [nil]),
            PostFilter(tiers: [.influencer, nil]), PostFilter(handles: [BigArchive.busy]), PostFilter(handles: [BigArchive.quiet]),
            PostFilter(handles: [BigArchive.nobody]), PostFilter(handles: [BigArchive.busy, BigArchive.quiet, BigArchive.nobody]),
            PostFilter(handles: (100..<150).map { "author\($0)" }), PostFilter(sourceQueries: ["query1", "query2"]),
            PostFilter(sourceQueries: ["none"]), PostFilter(isSignificant: true), PostFilter(isSignificant: false),
            PostFilter(isReported: true), PostFilter(isReported: false), PostFilter(hasLink: true), PostFilter(hasLink: false),
            PostFilter(minimum: Counters(likes: 500)), PostFilter(minimum: Counters(likes: 1_000_000)),
            PostFilter(minimum: Counters(views: 50_000)), PostFilter(minimum: Counters(reposts: 299)),
            PostFilter(minimum: Counters(replies: 99)),
            PostFilter(text: BigArchive.common), PostFilter(text: BigArchive.rare), PostFilter(text: BigArchive.absent),
            PostFilter(text: "zz"),
            PostFilter(excluded: [BigArchive.common]), PostFilter(excluded: (0..<50).map { "word\($0)" }),
            PostFilter(since: since, until: until, tiers: [.teammate], handles: [BigArchive.busy], isSignificant: true),
            PostFilter(handles: [BigArchive.quiet], hasLink: true, minimum: Counters(likes: 10)),
            PostFilter(isReported: true, minimum: Counters(views: 90_000), text: BigArchive.common, excluded: ["a", "b"]),
            PostFilter(postedSince: since, sourceQueries: ["none"], isSignificant: false, isReported: false, hasLink: true),
        ]
    }()
}

extension PostSort {
    /// A place in the middle of the archive.
    fileprivate var middle: FeedPosition {
        let rank: Int64 =
            switch self {
            case .discovered, .posted: BigArchive.discovered(BigArchive.middle).microseconds
            case .likes: 500
            case .views: 50_000
            case .velocity: 2_500
            }
        return FeedPosition(rank: rank, statusID: BigArchive.id(BigArchive.middle))
    }

    /// The index that a page of `filter` is read from.
    fileprivate func index(_ filter: PostFilter) -> String {
        switch self {
        case .posted: "posts_by_posting"
        case .likes: "posts_by_likes"
        case .views: "posts_by_views"
        case .velocity: "posts_by_velocity"
        case .discovered where (1...8).contains(filter.handles.count): "posts_feed_by_author"
        case .discovered where filter.isSignificant == true: "posts_feed_significant"
        case .discovered where !filter.tiers.isEmpty && !filter.tiers.contains(nil): "posts_feed_by_tier"
        case .discovered: "posts_feed"
        }
    }
}
