internal import Domain
internal import HTTPTypes
internal import Synchronization

/// The tags of the answers to some requests, and the version of the archive that each answer is of.
final class ValidatorCache: Sendable {
    struct Entry: Sendable {
        /// The archive had this version before the answer was made: the answer is of this version or of a newer one. Nil when nobody
        /// looked.
        var version: ArchiveVersion?
        var tag: EntityTag
        var headers: HTTPFields
    }

    /// Most bytes of the address of a request that is remembered.
    private static let maximumLength = 1_024

    private let state = Mutex(TwoGenerationCache<String, Entry>(capacity: 1_024))

    /// Whether the same was asked before.
    func knows(_ request: String) -> Bool { state.withLock { $0.find(request) != nil } }

    /// The answer to `request` when it was made of `version`, and so would be made again.
    func entry(_ request: String, _ version: ArchiveVersion) -> Entry? {
        guard let entry = state.withLock({ $0.find(request) }), entry.version == version else { return nil }
        return entry
    }

    func remember(_ request: String, _ entry: Entry) {
        guard request.utf8.count <= Self.maximumLength else { return }
        state.withLock { $0.keep(request, entry) }
    }
}
