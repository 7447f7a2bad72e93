internal import HTTPTypes
internal import RawStructuredFieldValues

/// The headers that tell a client how much is left (draft-ietf-httpapi-ratelimit-headers-10), as structured fields (RFC 9651).
enum RateLimitFields {
    static func headers(_ kind: RateKind, _ policy: TokenBucket.Policy, left: Int, reset: Duration) -> HTTPFields {
        [
            .rateLimitPolicy: item(kind, [("q", Int64(policy.tokens)), ("w", policy.window.wholeSeconds)]),
            .rateLimit: item(kind, [("r", Int64(left)), ("t", reset.wholeSeconds)]),
        ]
    }

    /// A list of one item: the name of the policy, a string, with its parameters.
    private static func item(_ kind: RateKind, _ parameters: [(String, Int64)]) -> String {
        var item = Item(bareItem: RFC9651BareItem.string(kind.rawValue), parameters: OrderedMap())
        for (name, value) in parameters { item.rfc9651Parameters[name] = .integer(value) }
        var serializer = StructuredFieldValueSerializer()
        // It throws for names that are no keys and strings that are not ASCII; these are neither.
        return (try? serializer.writeListFieldValue([.item(item)])).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
