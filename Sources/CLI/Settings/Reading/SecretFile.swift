import Foundation
import SystemPackage

/// A file that holds one secret, and the variable that names it.
struct SecretFile {
    /// Its name, and where it is set.
    let variable: String
    let path: String

    /// More than any secret has; a device without an end is none.
    private static let maximumBytes = 64 << 10

    /// The secret, without the white space around it, such as the line break at the end.
    ///
    /// - Throws: `Failure` when the file cannot be read, is no text, or is empty: an empty secret would accept a request without one.
    func read() throws -> String {
        let bytes: [UInt8]
        do { bytes = try SmallFile.bytes(path, maximum: Self.maximumBytes) } catch {
            // What is no file may be the secret itself, in the wrong place.
            guard [.permissionDenied, .notPermitted, .isDirectory].contains(error) else {
                throw Failure("\(variable) names no file that can be read: \(error). It takes the path of a file that holds the secret.")
            }
            throw Failure("\(variable) names \(path), which cannot be read: \(error). Check the path and its permissions.")
        }
        guard bytes.count <= Self.maximumBytes else {
            throw Failure("\(variable) names \(path), which has more than \(Self.maximumBytes) bytes. Is it the right file?")
        }
        guard let text = String(bytes: bytes, encoding: .utf8) else {
            throw Failure("\(variable) names \(path), which is no text in UTF-8. Write the secret into it as text.")
        }
        let secret = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !secret.isEmpty else {
            throw Failure("\(variable) names \(path), which is empty. Write the secret into it, or unset the variable.")
        }
        return secret
    }
}
