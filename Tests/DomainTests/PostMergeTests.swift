import Domain
import Testing

/// The merge rule is a semilattice: it does not matter in which order, how often, or in which groups news arrives.
@Suite struct PostMergeTests {
    @Test func orderGroupingAndReplaysDoNotMatter() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let history = (0..<6).map { _ in PostObservation.random(&random) }
            let expected = history.dropFirst().reduce(history[0]) { $0.merged(with: $1) }
            let shuffled = (history + history.shuffled(using: &random).prefix(3)).shuffled(using: &random)
            #expect(shuffled.dropFirst().reduce(shuffled[0]) { $0.merged(with: $1) } == expected)
            let half = history.prefix(3).reduce(history[0]) { $0.merged(with: $1) }
            let other = history.suffix(3).reduce(history[5]) { $0.merged(with: $1) }
            #expect(other.merged(with: half) == expected)
        }
    }

    @Test func absentIsNoNewsAndNullIsNews() {
        let first = PostObservation(at: 1, [.likes: .integer(7), .bodyText: .text("hello"), .views: .integer(9)])
        let second = PostObservation(at: 2, [.bodyText: .null, .views: .integer(0)])
        let merged = first.merged(with: second)
        #expect(merged.cells[.likes] == .integer(7))
        #expect(merged.cells[.bodyText] == .null)
        #expect(merged.cells[.views] == .integer(0))
        #expect(merged.times[.likes] == .at(Timestamp(microseconds: 1)))
    }

    @Test func anOlderObservationFillsWhatNobodyCarriedAndNothingElse() {
        let new = PostObservation(at: 5, [.likes: .integer(50)])
        let old = PostObservation(at: 3, [.likes: .integer(30), .replies: .integer(3)])
        let merged = new.merged(with: old)
        #expect(merged.cells[.likes] == .integer(50))
        #expect(merged.cells[.replies] == .integer(3))
        #expect(merged.lastSeenAt == Timestamp(microseconds: 5))
    }

    @Test func discoveryKeepsItsMinimum() {
        var (early, late) = (PostObservation(at: 9, [:]), PostObservation(at: 10, [:]))
        (early.discoveredAt, late.discoveredAt) = (Timestamp(microseconds: 1), Timestamp(microseconds: 4))
        #expect(late.merged(with: early).discoveredAt == Timestamp(microseconds: 1))
    }

    @Test func completeObservationsCarryNoTimesOfTheirOwn() {
        let all = ColumnMap(uniqueKeysWithValues: PostColumn.allCases.map { ($0, $0.initial) })
        let merged = PostObservation(at: 1, all).merged(with: PostObservation(at: 2, all))
        #expect(merged.times.isEmpty)
    }
}

extension PostObservation {
    fileprivate init(at time: Int64, _ carried: ColumnMap<Cell>) {
        self.init(
            statusID: "1", discoveredAt: Timestamp(microseconds: time), lastSeenAt: Timestamp(microseconds: time), carried: carried)
    }

    /// Few distinct times and values, so that ties and replays are common.
    fileprivate static func random(_ random: inout some RandomNumberGenerator) -> PostObservation {
        var carried: ColumnMap<Cell> = [:]
        for column in PostColumn.allCases where Bool.random(using: &random) {
            let number = Int64.random(in: 0...3, using: &random)
            switch column.kind {
            case .text, .url, .handle: carried[column] = number == 0 && column.isNullable ? .null : .text("text \(number)")
            case .tier: carried[column] = .text(WatchTier.allCases[Int(number % 3)].rawValue)
            case .boolean: carried[column] = .boolean(number > 1)
            case .counter, .delta: carried[column] = number == 0 && column.isNullable ? .null : .integer(number)
            case .timestamp: carried[column] = number == 0 ? .null : .timestamp(Timestamp(microseconds: number))
            }
        }
        return PostObservation(at: .random(in: 1...4, using: &random), carried)
    }
}
