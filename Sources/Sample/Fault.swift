/// A row that the import must reject, or must put in order and say so.
///
/// Samples of fifty posts and more hold one of each, so that the reject file is seen and read before it is needed.
enum Fault: Int, CaseIterable {
    case shortCounter, negativeCounter, unknownTier, malformedTime, sevenDigits, scriptURL, atHandle, paddedHandle

    /// Whether the import rejects the row; otherwise it normalises it.
    var isRejected: Bool { self != .atHandle && self != .paddedHandle }

    func spoil(_ post: inout SamplePost) {
        switch self {
        case .shortCounter: post.values["views"] = "1.2K"
        case .negativeCounter: post.values["likes"] = "-1"
        case .unknownTier: post.values["watch_tier"] = "investor"
        case .malformedTime: post.values["discovered_at"] = "yesterday"
        case .sevenDigits: post.values["last_seen_at"] = "2026-02-22T09:30:00.1234567Z"
        case .scriptURL: post.values["url"] = "javascript:alert(1)"
        case .atHandle: post.values["author_handle"] = "@Maren_Fernveil"
        case .paddedHandle: post.values["author_handle"] = " NodeWitch "
        }
    }
}
