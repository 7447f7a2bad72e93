import Foundation
import Testing

@testable import API

@Suite struct RefusalCodeTests {
    @Test func everyCodeIsInTheCatalogue() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/security.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let catalogue = try #require(text.split(separator: "## Why a credential was refused").last?.split(separator: "\n## ").first)
        for code in SignInRefusal.Code.allCases.map(\.rawValue) + ["session_unreadable", "session_expired", "session_ended"] {
            #expect(catalogue.contains("`\(code)`"), "\(code)")
        }
    }
}
