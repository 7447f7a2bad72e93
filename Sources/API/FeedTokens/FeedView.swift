internal import Domain

/// The one view of the posts that a feed token shows: the filters and the order, as in the query of an address.
public struct FeedView: Sendable {
    /// Its parameters in the order of their names.
    public let text: String
    let parameters: QueryParameters

    /// Bytes of a view, at most.
    private static let maximumLength = 2_048

    /// Why a text is no view.
    public struct Malformed: Error, Hashable, Sendable, CustomStringConvertible {
        public var description: String
    }

    /// By the same rules as the query of `/v1/feed`.
    public init(_ text: String) throws(Malformed) {
        guard text.utf8.count <= Self.maximumLength else { throw Malformed(description: "A view has \(Self.maximumLength) bytes at most.") }
        do {
            let parameters = try QueryParameters(query: text.hasPrefix("?") ? String(text.dropFirst()) : text, .filters + ["sort"])
            _ = (try PostFilter(parameters), try PostSort(parameters))
            self.parameters = parameters
        } catch let problem as Problem {
            throw Malformed(description: [problem.parameter.map { "\($0): " }, problem.detail].compactMap(\.self).joined())
        } catch {
            throw Malformed(description: "\(error)")
        }
        self.text = parameters.query().joined(separator: "&")
    }
}
