internal import Domain
internal import JSON

/// What takes the members of a post: an object of JSON, a row of CSV.
protocol MemberWriting {
    mutating func member(_ name: String, _ value: String?)
    mutating func member(_ name: String, _ value: Int64?)
    /// `value` divided by 10 to the power of `places`.
    mutating func member(_ name: String, _ value: Int64?, places: Int)
    mutating func member(_ name: String, _ value: Bool?)
    mutating func member(_ name: String, _ value: Timestamp?)
}

extension JSONWriter: MemberWriting {}
