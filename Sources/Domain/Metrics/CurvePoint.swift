/// One of the few points by which a list of posts shows how the views of a post went.
public struct CurvePoint: Hashable, Sendable {
    public var at: Timestamp
    /// As observed at that moment.
    public var views: Int64

    public init(at: Timestamp, views: Int64) {
        self.at = at
        self.views = views
    }
}
