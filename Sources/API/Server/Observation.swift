/// Something worth noticing. Code emits these; whoever runs the server decides what becomes a log line or a number.
public enum Observation: Sendable {
    /// A request was answered. `route` is its template, nil when none matched.
    case request(id: String, method: String, route: String?, status: Int, duration: Duration)
    /// A request failed for a reason that the caller is not told.
    case fault(id: String, text: String)
}
