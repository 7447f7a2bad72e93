/// The mark that a post was reported to the team.
public struct Report: Hashable, Sendable {
    public var statusID: String
    public var reportedAt: Timestamp
    public var channel: String?
    public var summary: String?
    public var destination: String?

    public init(statusID: String, reportedAt: Timestamp, channel: String?, summary: String?, destination: String?) {
        self.statusID = statusID
        self.reportedAt = reportedAt
        self.channel = channel
        self.summary = summary
        self.destination = destination
    }
}

/// A report as a collector sends it: what is absent brings no news.
public struct ReportUpsert: Hashable, Sendable {
    public var statusID: String
    public var reportedAt: Timestamp
    public var channel: Presence<String>
    public var summary: Presence<String>
    public var destination: Presence<String>

    public init(
        statusID: String, reportedAt: Timestamp, channel: Presence<String> = .absent, summary: Presence<String> = .absent,
        destination: Presence<String> = .absent
    ) {
        self.statusID = statusID
        self.reportedAt = reportedAt
        self.channel = channel
        self.summary = summary
        self.destination = destination
    }
}
