import API
import Domain
import JSON

/// A key that was just made. Its secret is shown now and never again.
struct MadeKey {
    let key: AccessKey
    let secret: KeySecret
    /// The one whose place it takes.
    var old: AccessKey?

    /// The secret alone goes to standard output, so that it can be piped; the rest is for the reader.
    func show(asJSON: Bool) throws {
        try printResult(asJSON ? json : secret.text)
        var lines = ["Made the key \(key.subject) with \(key.scopeText). It is shown this once; the archive keeps only its hash."]
        lines.append(key.expiresAt.map { "It is good until \($0.iso8601)." } ?? "It does not expire.")
        if let old, let end = old.revokedAt { lines.append("The old one, \(old.subject), lives on until \(end.iso8601).") }
        note(lines.joined(separator: "\n"))
    }

    private var json: String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("key", secret.text)
            key.writeMembers(to: &writer)
            if let old { writer.member("old_good_until", old.revokedAt) }
        }
        return writer.text
    }
}

extension AccessKey {
    /// What it may do, as people read it.
    var scopeText: String {
        let names = scopes.names.joined(separator: ", ")
        return view.map { "\(names) (\($0.isEmpty ? "all posts" : $0))" } ?? names
    }

    /// Whether it is good, in one word.
    var state: String {
        switch refusal(at: .now) {
        case .expired: "expired"
        case .revoked: "revoked"
        default: revokedAt == nil ? "good" : "rotated"
        }
    }

    func writeMembers(to writer: inout JSONWriter) {
        writer.member("id", id)
        writer.member("prefix", prefix)
        writer.member("name", name)
        writer.key("scopes")
        writer.array { writer in for scope in scopes.names { writer.string(scope) } }
        writer.member("view", view)
        writer.member("owner", owner)
        writer.member("created_by", createdBy)
        writer.member("created_at", createdAt)
        writer.member("expires_at", expiresAt)
        writer.member("revoked_at", revokedAt)
        writer.member("last_used_at", lastUsedAt)
        writer.member("state", state)
    }
}
