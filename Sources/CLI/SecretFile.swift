import Foundation

/// A file that holds one secret, and the variable that names it.
struct SecretFile {
    let variable: String
    let path: String

    /// The secret, without the white space around it, such as the line break at the end.
    ///
    /// - Throws: `Failure` when the file cannot be read, is no text, or holds nothing: a secret of no bytes would let in whoever sends none.
    func read() throws -> String {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw Failure("\(variable) names \(path), which cannot be read. Check the path and its permissions.")
        }
        guard let text = String(bytes: bytes, encoding: .utf8) else {
            throw Failure("\(variable) names \(path), which is no text in UTF-8. Write the secret into it as text.")
        }
        let secret = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !secret.isEmpty else {
            throw Failure("\(variable) names \(path), which is empty. Write the secret into it, or unset \(variable).")
        }
        return secret
    }
}
