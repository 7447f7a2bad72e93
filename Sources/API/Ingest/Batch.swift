internal import Domain

/// The items of one request: the good ones as values, the bad ones with their faults.
struct Batch<Item> {
    private(set) var good: [Item] = []
    /// For each item sent, the index among the good ones, or why it is none.
    private var places: [Result<Int, ItemFault>] = []
    private var ignored: Set<String> = []

    init(_ items: [JSONValue], _ read: (inout ItemReader) throws(ItemFault) -> Item) {
        for value in items {
            do throws(ItemFault) {
                var reader = try ItemReader(value)
                let item = try read(&reader)
                ignored.formUnion(reader.ignored)
                places.append(.success(good.count))
                good.append(item)
            } catch {
                places.append(.failure(error))
            }
        }
    }

    var rejected: Int { places.count - good.count }

    /// The answer, given what became of the good items.
    func answer(_ result: BatchResult) -> BatchAnswer {
        BatchAnswer(
            batchID: result.batchID,
            outcomes: places.map { place in
                switch place {
                case .success(let index): result.outcomes[index]
                case .failure(let fault): .rejected(fault)
                }
            }, retiered: result.retiered, ignoredFields: ignored.sorted())
    }
}
