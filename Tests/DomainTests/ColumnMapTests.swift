import Testing

@testable import Domain

@Suite struct ColumnMapTests {
    @Test func theIndexOfAColumnIsItsPlace() {
        #expect(PostColumn.allCases.map(\.index) == Array(0..<PostColumn.allCases.count))
    }

    @Test func itIsADictionary() {
        var values: ColumnMap<Int> = [.url: 1, .refresh24hDeltaViews: 2]
        #expect(values[.url] == 1 && values[.refresh24hDeltaViews] == 2 && values[.likes] == nil)
        values[.url] = nil
        values[.refresh24hDeltaViews] = nil
        #expect(values.isEmpty && values == ColumnMap())
    }
}
