internal import Domain
internal import Foundation
public import JSON

/// What an export wrote. The same snapshot gives the same bytes, so it holds neither a time nor a place.
public struct ExportManifest: Hashable, Sendable {
    /// One file of the export.
    public struct File: Hashable, Sendable {
        public var name: String
        public var rows: Int
        public var bytes: Int64
        /// 64 hexadecimal digits.
        public var sha256: String
    }

    static let name = "manifest.json"
    private static let writer = "xmonitor snapshot export"

    /// In the order of the import.
    public var files: [File] = []

    /// The members of the manifest, for a writer that may add others.
    public func write(to writer: inout JSONWriter) {
        writer.member("written_by", Self.writer)
        writer.key("files")
        writer.object { writer in
            for file in files {
                writer.key(file.name)
                writer.object { writer in
                    writer.member("rows", Int64(file.rows))
                    writer.member("bytes", file.bytes)
                    writer.member("sha256", file.sha256)
                }
            }
        }
    }

    var json: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in write(to: &writer) }
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    /// The names of the files that the manifest at `path` lists; nil when no export of this program wrote it.
    static func fileNames(at path: String) -> Set<String>? {
        guard let data = FileManager.default.contents(atPath: path), case .object(let manifest)? = try? JSONReader.read(Array(data)),
            manifest["written_by"] == .string(writer), case .object(let files)? = manifest["files"]
        else { return nil }
        return Set(files.members.map(\.name))
    }
}
