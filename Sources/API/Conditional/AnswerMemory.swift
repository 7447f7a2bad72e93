internal import Domain
internal import HTTPTypes
internal import Synchronization

/// What the answers to some requests were called, and of which version of the archive they are. Never the answers themselves.
///
/// Two generations bound it: when the younger is full it becomes the older, and what nobody has asked for since is forgotten.
final class AnswerMemory: Sendable {
    struct Entry: Sendable {
        /// The archive had this version before the answer was made: the answer is of this version or of a newer one.
        var version: ArchiveVersion
        var tag: EntityTag
        var headers: HTTPFields
    }

    fileprivate struct State {
        var young: [String: Entry] = [:]
        var old: [String: Entry] = [:]
    }

    /// Most entries of a generation, and most bytes of the address of a request that is remembered.
    fileprivate static let capacity = 1_024
    private static let maximumLength = 1_024

    private let state = Mutex(State())

    /// The answer to `request` when it was made of `version`, and so would be made again.
    func entry(_ request: String, _ version: ArchiveVersion) -> Entry? {
        state.withLock { state in
            guard let entry = state.young[request] ?? state.old[request], entry.version == version else { return nil }
            state.keep(request, entry)
            return entry
        }
    }

    func remember(_ request: String, _ entry: Entry) {
        guard request.utf8.count <= Self.maximumLength else { return }
        state.withLock { $0.keep(request, entry) }
    }
}

extension AnswerMemory.State {
    fileprivate mutating func keep(_ request: String, _ entry: AnswerMemory.Entry) {
        if young.count >= AnswerMemory.capacity, young[request] == nil { (young, old) = ([:], young) }
        young[request] = entry
    }
}
