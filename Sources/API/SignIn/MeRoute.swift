internal import Domain
internal import HTTPTypes
internal import Hummingbird
internal import JSON

extension Server {
    /// Who the caller is, and what is allowed: the first thing that the page asks.
    @Sendable func me(_ request: Request, _ context: APIContext) async throws -> Response {
        let session = context.caller.session
        let scopes = context.caller.principals.reduce(into: Set<Scope>()) { $0.formUnion($1.scopes) }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("access", access.readAccess.rawValue)
            writer.member("signed_in", session != nil)
            writer.member("may_read", access.isOpen(to: .read) || scopes.contains(.read) || session.map(access.admits) ?? false)
            writer.member("can_sign_in", signIn != nil)
            writer.member("name", session?.identity.name ?? context.caller.principals.first?.name)
            writer.member("email", session?.identity.email)
            writer.key("scopes")
            writer.array { writer in for scope in scopes.names { writer.string(scope) } }
            writer.member("contact", configuration.contact)
            writer.member("expires_at", session.flatMap { signIn?.sessions.lifetime.end(of: $0) })
        }
        var response = Response(json: writer)
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
