internal import Synchronization

/// A request that was answered, as the log has it.
public struct AnsweredRequest: Sendable {
    public var id: String
    public var method: String
    /// The template of its route, or the name of the file of the web feed; nil when nothing matched.
    public var route: String?
    public var status: Int
    public var duration: Duration
    /// In whose name it came; nil for nobody's.
    public var principal: String?
    /// The address of who sent it, of IPv6 the network; nil where nobody can say.
    public var client: String?
    /// The batch that it wrote, or repeated; nil for every other request.
    public var batchID: Int64?
}

/// What a route tells of its request for the log.
final class RequestNotes: Sendable {
    private let state = Mutex<Int64?>(nil)

    var batchID: Int64? { state.withLock { $0 } }

    func note(batch: Int64?) { state.withLock { $0 = batch } }
}
