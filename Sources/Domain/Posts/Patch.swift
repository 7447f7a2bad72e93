/// A member of an upsert: not there (no news), null (cleared), or a value.
public enum Patch<Value: Hashable & Sendable>: Hashable, Sendable {
    case absent
    case null
    case value(Value)

    public var isPresent: Bool { self != .absent }

    /// The value, nil when it is null or absent.
    public var value: Value? {
        if case .value(let value) = self { value } else { nil }
    }
}
