/// The columns of `posts` that an observation can carry, in the order of the table.
///
/// This table is the one place that knows them: reading a request, importing a snapshot, merging, and the SQL of both
/// writers walk it. `status_id`, `discovered_at` and `last_seen_at` are apart because they rule the merge themselves.
public enum PostColumn: String, CaseIterable, Sendable {
    case url
    case authorHandle = "author_handle"
    case authorDisplay = "author_display"
    case bodyText = "body_text"
    case postedRelative = "posted_relative"
    case sourceQuery = "source_query"
    case watchTier = "watch_tier"
    case isSignificant = "is_significant"
    case significanceReason = "significance_reason"
    case significanceVersion = "significance_version"
    case likes, reposts, replies, views
    case initialLikes = "initial_likes"
    case initialReposts = "initial_reposts"
    case initialReplies = "initial_replies"
    case initialViews = "initial_views"
    case likes24h = "likes_24h"
    case reposts24h = "reposts_24h"
    case replies24h = "replies_24h"
    case views24h = "views_24h"
    case refresh24hAt = "refresh_24h_at"
    case refresh24hStatus = "refresh_24h_status"
    case refresh24hDeltaLikes = "refresh_24h_delta_likes"
    case refresh24hDeltaReposts = "refresh_24h_delta_reposts"
    case refresh24hDeltaReplies = "refresh_24h_delta_replies"
    case refresh24hDeltaViews = "refresh_24h_delta_views"

    /// What a value of the column is, and by which rule it is read.
    public enum Kind: Sendable {
        case url, handle, text, tier, boolean, timestamp
        /// A count that is never negative.
        case counter
        /// A change of a count, which may be negative.
        case delta
    }

    public var kind: Kind {
        switch self {
        case .url: .url
        case .authorHandle: .handle
        case .authorDisplay, .bodyText, .postedRelative, .sourceQuery, .significanceReason, .significanceVersion,
            .refresh24hStatus:
            .text
        case .watchTier: .tier
        case .isSignificant: .boolean
        case .refresh24hAt: .timestamp
        case .likes, .reposts, .replies, .views, .initialLikes, .initialReposts, .initialReplies, .initialViews,
            .likes24h, .reposts24h, .replies24h, .views24h:
            .counter
        case .refresh24hDeltaLikes, .refresh24hDeltaReposts, .refresh24hDeltaReplies, .refresh24hDeltaViews: .delta
        }
    }

    /// What the row holds as long as no observation has carried the column. A column that cannot be null falls back to
    /// it when an observation clears it.
    public var initial: Cell {
        switch self {
        case .isSignificant: .boolean(false)
        case .significanceVersion: .text("v1")
        case .likes, .reposts, .replies, .views: .integer(0)
        default: .null
        }
    }

    public var isNullable: Bool {
        switch self {
        case .url, .authorHandle, .isSignificant, .likes, .reposts, .replies, .views: false
        default: true
        }
    }

    /// What the detail of a post shows and the feed does not.
    public static let ofDetail: [PostColumn] = [
        .postedRelative, .significanceVersion, .initialLikes, .initialReposts, .initialReplies, .initialViews, .likes24h, .reposts24h,
        .replies24h, .views24h, .refresh24hAt, .refresh24hStatus, .refresh24hDeltaLikes, .refresh24hDeltaReposts, .refresh24hDeltaReplies,
        .refresh24hDeltaViews,
    ]

    /// Every observation must carry these.
    public static let required: [PostColumn] = [.url, .authorHandle]
}
