import API
import ArgumentParser
import Store

extension KeyName {
    /// The number of a key, or the first letters that lists show of it.
    static func parse(_ text: String) throws -> KeyName {
        if let id = Int64(text) { return .id(id) }
        guard text.count <= KeySecret.prefixLength else {
            throw ValidationError(
                "Name a key by its number or by its first \(KeySecret.prefixLength) letters, and keep the rest to yourself.")
        }
        return .prefix(text)
    }
}
