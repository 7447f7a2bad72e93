import Testing

@testable import API

/// The bounded table behind what is remembered of answers.
@Suite struct TwoGenerationCacheTests {
    @Test func whatWasKeptIsFoundInPlaceOfWhatWasThere() {
        var table = TwoGenerationCache<Int, String>(capacity: 10)
        #expect(table.find(1) == nil)
        table.keep(1, "one")
        table.keep(1, "another")
        #expect(table.find(1) == "another" && table.find(2) == nil)
    }

    @Test(arguments: [1, 7, 100])
    func whatIsAskedForStaysAndTheRestIsBounded(size: Int) {
        var table = TwoGenerationCache<Int, Int>(capacity: 10 * size)
        table.keep(0, 0, size: size)
        for key in 1...1_000 {
            table.keep(key, key, size: size)
            #expect(table.find(0) == 0)
        }
        var copy = table
        let found = (0...1_000).filter { copy.find($0) != nil }
        #expect(found.contains(1_000) && (10...20).contains(found.count))
    }

    /// Sizes are those of what is there, also when one takes the place of another.
    @Test func placesAreCountedOnce() {
        var table = TwoGenerationCache<Int, Int>(capacity: 10)
        for round in 0..<100 {
            for key in 0..<5 { table.keep(key, round, size: round % 2 + 1) }
        }
        var values: [Int?] = []
        for key in 0..<5 { values.append(table.find(key)) }
        #expect(values == [99, 99, 99, 99, 99])
    }

    /// What is larger than all may be is there until the next one comes.
    @Test func oneThatIsTooLargeIsForgottenSoon() {
        var table = TwoGenerationCache<Int, Int>(capacity: 10)
        table.keep(1, 1, size: 11)
        #expect(table.find(1) == 1)
        table.keep(2, 2, size: 10)
        table.keep(3, 3, size: 10)
        #expect(table.find(1) == nil && table.find(3) == 3)
    }
}
