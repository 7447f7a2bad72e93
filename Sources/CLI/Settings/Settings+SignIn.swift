import API
import Foundation

extension Settings {
    /// Less than this is no random key: `openssl rand -hex 32` makes 64 letters.
    private static let leastSessionKeyBytes = 32

    /// How readers sign in; nil where they do not.
    ///
    /// - Throws: `Failure` for whatever is missing, with what to set.
    func signIn() throws -> SignInConfiguration? {
        guard try readAccess() == .oidc else {
            // `xmonitor config` shows it all the same.
            if optional(.oidcIssuer) != nil { _ = try issuer() }
            return nil
        }
        return SignInConfiguration(
            issuer: try issuer(), clientID: try needed(.oidcClientID, "what the provider calls this server"),
            clientSecret: optional(.oidcClientSecret), scopes: try scopes(), groupsClaim: text(.oidcGroupsClaim),
            admission: try admission(), sessionKeys: try sessionKeys(),
            sessionIdle: try seconds(.sessionIdle),
            sessionMaximum: try seconds(.sessionMaximum), publicURL: try signInURL())
    }

    private func needed(_ setting: Setting, _ meaning: String) throws -> String {
        guard let text = optional(setting) else {
            throw Failure("\(Setting.readAccess.name) is oidc, and \(setting.name) is not set. Set it to \(meaning).")
        }
        return text
    }

    private func issuer() throws -> String {
        let issuer = try needed(.oidcIssuer, "the issuer of your provider, such as https://accounts.google.com")
        guard Self.isSafe(issuer) else {
            throw Failure(
                "\(Setting.oidcIssuer.name) \(Self.shown(issuer)); it has to be https:// and a host, exactly as the provider names itself. Only a provider on this machine may have http://."
            )
        }
        return issuer
    }

    /// The address that readers come back to. A browser takes the cookie of a session over HTTPS alone, or from its own machine.
    private func signInURL() throws -> String {
        _ = try needed(.publicURL, "what readers reach the server by, such as https://feed.example.com")
        guard let url = try publicURL(), Self.isSafe(url) else {
            throw Failure(
                "\(named(.publicURL)) \(Self.shown(text(.publicURL))); for sign-in it has to be https://, or http:// on this machine.")
        }
        return url
    }

    private static func isSafe(_ address: String) -> Bool {
        guard let url = URLComponents(string: address), let host = url.host, !host.isEmpty, url.user == nil, url.query == nil,
            url.fragment == nil
        else { return false }
        return url.scheme == "https" || url.scheme == "http" && ProviderAddress.isLoopback(host)
    }

    private func scopes() throws -> String {
        let scopes = text(.oidcScopes)
        guard scopes.split(separator: " ").contains("openid") else {
            throw Failure("\(named(.oidcScopes)) \(Self.shown(scopes)); openid has to be among the scopes.")
        }
        return scopes
    }

    /// A provider such as Google lets everybody sign in: without a rule everybody would read.
    private func admission() throws -> Admission {
        let emails = list(.signInEmails)
        let admission = Admission(
            domains: list(.signInDomains), emails: emails.filter { $0 != "*" }, groups: list(.signInGroups),
            isForEverybody: emails.contains("*"))
        if let domain = admission.domains.first(where: { $0.contains("@") || $0.contains("*") || !$0.contains(".") }) {
            throw Failure("\(Setting.signInDomains.name) has \"\(domain)\"; a domain is like example.com, without @ and without *.")
        }
        if let email = admission.emails.first(where: { $0.split(separator: "@").count != 2 }) {
            throw Failure("\(Setting.signInEmails.name) has \"\(email)\", which is no e-mail address.")
        }
        guard !admission.isEmpty else {
            throw Failure(
                """
                \(Setting.readAccess.name) is oidc, and nothing says who may enter. Set \(Setting.signInDomains.name), \(Setting.signInEmails.name) or \
                \(Setting.signInGroups.name); \(Setting.signInEmails.name)=* lets in whoever the provider lets sign in.
                """)
        }
        return admission
    }

    private func list(_ setting: Setting) -> [String] {
        text(setting).split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    private func sessionKeys() throws -> [String] {
        _ = try needed(.sessionKeys, "what `openssl rand -hex 32` prints")
        let keys = list(.sessionKeys)
        guard !keys.isEmpty, keys.allSatisfy({ $0.utf8.count >= Self.leastSessionKeyBytes }) else {
            throw Failure(
                "\(Setting.sessionKeys.name) has a key of less than \(Self.leastSessionKeyBytes) bytes. `openssl rand -hex 32` makes a good one; several have commas between."
            )
        }
        return keys
    }
}
