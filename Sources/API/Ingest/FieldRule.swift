internal import Domain
internal import JSON

/// How a member of an item is read, and what it has to be, in the words of a message.
struct FieldRule<Value: Hashable & Sendable>: Sendable {
    var demand: String
    /// Nil when the value is not what is demanded.
    var read: @Sendable (JSONValue) -> Value?
}

extension FieldRule where Value == String {
    static let text = FieldRule(demand: "text of \(TextRule.maxBytes) bytes at most, without U+0000") { value in
        if case .string(let text) = value, text.utf8.count <= TextRule.maxBytes, TextRule.isStorable(text) { text } else { nil }
    }

    /// Text that rows are found by.
    static let key = FieldRule(demand: "text of 1 to \(TextRule.maxKeyBytes) bytes, without U+0000") { value in
        text.read(value).flatMap { (1...TextRule.maxKeyBytes).contains($0.utf8.count) ? $0 : nil }
    }

    static let webAddress = FieldRule(demand: "an address that starts with http:// or https://, of \(TextRule.maxBytes) bytes at most") {
        value in
        text.read(value).flatMap { LinkRule.isWebAddress($0.utf8) ? $0 : nil }
    }

    static let handle = FieldRule(demand: "the name of an account, with or without @, of \(TextRule.maxKeyBytes) bytes at most") { value in
        text.read(value).flatMap(HandleRule.stored)
    }
}

extension FieldRule where Value == Int64 {
    static let counter = FieldRule(demand: "an integer of 0 or more") { value in delta.read(value).flatMap { $0 >= 0 ? $0 : nil } }

    static let delta = FieldRule(demand: "an integer") { value in
        if case .number(let text) = value { IntegerRule.parse(text.utf8) } else { nil }
    }
}

extension FieldRule where Value == Bool {
    static let boolean = FieldRule(demand: "true or false") { value in if case .boolean(let flag) = value { flag } else { nil } }
}

extension FieldRule where Value == Timestamp {
    /// A collector that means its local time and does not say so would shift everything by hours.
    static let timestamp = FieldRule(
        demand: "a moment with Z or an offset, as 2026-02-22T09:30:00.123456Z or 2026-02-22T10:30+01:00, with at most six fraction digits"
    ) { value in
        if case .string(let text) = value, Timestamp.namesOffset(text) { try? Timestamp(iso8601: text) } else { nil }
    }
}

extension FieldRule where Value == WatchTier {
    static let tier = FieldRule(demand: "teammate, influencer or ecosystem") { value in
        if case .string(let text) = value { WatchTier(rawValue: text) } else { nil }
    }
}

extension FieldRule where Value == RunMode {
    static let runMode = FieldRule(demand: "priority, discovery, both, refresh24h or manual") { value in
        if case .string(let text) = value { RunModeRule.parse(text) } else { nil }
    }
}

extension FieldRule where Value == MetricsSnapshot.Kind {
    static let snapshotType = FieldRule(demand: "initial_capture, latest_observed or refresh_24h") { value in
        if case .string(let text) = value { MetricsSnapshot.Kind(rawValue: text) } else { nil }
    }
}
