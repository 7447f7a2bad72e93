import API
import ArgumentParser
import Domain
import Foundation
import Store

struct CreateKey: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a key. It goes to standard output, this once.",
        discussion: """
            Example:  (umask 077; xmonitor keys create --name collector --scopes ingest > key.new) && mv key.new collector.key
            A token for one view:  xmonitor keys create --name 'Ada, reader' --scopes feed --view 'tier=teammate'
            """)

    @Option(help: "Whose or what it is, for lists, logs and receipts.") var name: String
    @Option(help: "What it may do: read, ingest, ops, with commas between; or feed, which reads one view as a feed.") var scopes: String
    @Option(help: "The view that a feed token shows, as the query of an address; '' is all posts.") var view: String?
    @Option(help: "When it ends: a time from now as 90d, a day (UTC) as 2027-01-31, or never.", transform: Lifetime.parse)
    var expires = Lifetime.seconds(365 * 86_400)
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup(title: "Settings") var settings: DatabaseOptions

    func run() async throws {
        let secret = KeySecret(try scopeSet().contains(.feed) ? .feedToken : .key)
        let key = NewAccessKey(
            prefix: secret.prefix, digest: secret.digest, name: name, scopes: try scopeSet(), view: try checkedView(),
            createdBy: CommandLineUser.name, expiresAt: expires.end)
        let database = try await settings.load().database()
        try await database.requireCurrentSchema()
        let made = try await onConnection(database) { try await KeyRegister.create(key, $0) }
        try MadeKey(key: made, secret: secret).show(asJSON: json)
    }

    func validate() throws {
        guard AccessKey.isName(name) else { throw ValidationError("The name has 1 to 100 characters, and no line break among them.") }
        let scopes = try scopeSet()
        guard !scopes.contains(.feed) || scopes.count == 1 else {
            throw ValidationError("The scope feed stands alone: its holder reads one view. A key with read may read every feed.")
        }
        guard scopes.contains(.feed) || view == nil else { throw ValidationError("Only a key with the scope feed has a --view.") }
        _ = try checkedView()
    }

    private func scopeSet() throws -> Set<Scope> {
        Set(
            try scopes.split(separator: ",", omittingEmptySubsequences: false).map { text in
                guard let scope = Scope(rawValue: text.trimmingCharacters(in: .whitespaces)) else {
                    let known = Scope.allCases.map(\.rawValue).joined(separator: ", ")
                    throw ValidationError("There is no scope \"\(text)\". The scopes are \(known).")
                }
                return scope
            })
    }

    private func checkedView() throws -> String? {
        guard try scopeSet().contains(.feed) else { return nil }
        guard let view else { throw ValidationError("A key with the scope feed needs its --view, for example --view 'tier=teammate'.") }
        do throws(FeedView.Malformed) { return try FeedView(view).text } catch { throw ValidationError("The view is refused: \(error)") }
    }
}
