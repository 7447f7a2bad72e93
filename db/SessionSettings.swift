/// What every session of this program begins with, whatever role and database have as defaults for people who type. No time-out of theirs
/// holds: each transaction brings its own, and the program watches each statement. A session that nobody uses ends all the same: a program that
/// is frozen, as on Lambda between requests, keeps its connections and does not close them.
public enum SessionSettings {
    public static let all = [
        "statement_timeout": "0", "lock_timeout": "0", "idle_in_transaction_session_timeout": "0", "idle_session_timeout": "15min",
        "default_transaction_isolation": "read committed", "default_transaction_deferrable": "off", "exit_on_error": "off",
        "DateStyle": "ISO", "IntervalStyle": "postgres", "TimeZone": "UTC", "bytea_output": "hex", "extra_float_digits": "1",
        "standard_conforming_strings": "on", "transform_null_equals": "off", "array_nulls": "on", "gin_fuzzy_search_limit": "0",
        // The server notices, too, that this program is gone.
        "tcp_keepalives_idle": "30", "tcp_keepalives_interval": "10", "tcp_keepalives_count": "3", "tcp_user_timeout": "30000",
    ]
}
