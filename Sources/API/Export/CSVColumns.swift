internal import Domain

/// The names of the columns of a CSV file: those of the members of a post, in their order.
struct CSVColumns: MemberWriting {
    private(set) var names: [String] = []

    init() {
        // Every post has the same members.
        let any = Post(
            statusID: "", discoveredAt: .earliest, authorHandle: "", authorDisplay: nil, watchTier: nil, bodyText: nil, url: "",
            isSignificant: false, significanceReason: nil, sourceQuery: nil, counters: Counters(), velocity: nil, reportedAt: nil)
        any.writeMembers(to: &self)
    }

    mutating func member(_ name: String, _ value: String?) { names.append(name) }
    mutating func member(_ name: String, _ value: Int64?) { names.append(name) }
    mutating func member(_ name: String, _ value: Int64?, places: Int) { names.append(name) }
    mutating func member(_ name: String, _ value: Bool?) { names.append(name) }
    mutating func member(_ name: String, _ value: Timestamp?) { names.append(name) }
}
