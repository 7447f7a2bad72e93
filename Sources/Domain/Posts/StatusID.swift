/// X's own id of a post, kept exactly as text.
public enum StatusID {
    /// 2010-11-04T01:42:54.657Z, the start of the Snowflake era in milliseconds since 1970.
    static let snowflakeEpoch: Int64 = 1_288_834_974_657
    /// Ids below it were handed out in sequence before the Snowflake era and hold no time.
    static let firstSnowflake: Int64 = 29_700_000_000

    /// The true time of posting, taken from the id: its upper bits count milliseconds since the Snowflake epoch.
    /// Nil for ids of before that era and for ids that are no decimal number of 63 bits.
    public static func postedAt(_ id: String) -> Timestamp? {
        guard let number = IntegerRule.parse(id.utf8), number >= firstSnowflake else { return nil }
        return Timestamp(milliseconds: (number >> 22) + snowflakeEpoch)
    }
}
