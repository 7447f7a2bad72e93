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
    public var channel: Patch<String>
    public var summary: Patch<String>
    public var destination: Patch<String>

    public init(
        statusID: String, reportedAt: Timestamp, channel: Patch<String> = .absent, summary: Patch<String> = .absent,
        destination: Patch<String> = .absent
    ) {
        self.statusID = statusID
        self.reportedAt = reportedAt
        self.channel = channel
        self.summary = summary
        self.destination = destination
    }
}
