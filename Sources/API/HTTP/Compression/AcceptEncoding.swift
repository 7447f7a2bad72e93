internal import HTTPTypes

/// Which codings of an answer the caller takes (RFC 9110, section 12.5.3).
struct AcceptEncoding {
    /// By name, from 0 (never) to 1000.
    private var weights: [String: Int] = [:]

    init(_ headers: HTTPFields) {
        for member in (headers[.acceptEncoding] ?? "").split(separator: ",") {
            let parts = member.split(separator: ";", omittingEmptySubsequences: false).map {
                $0.filter { $0 != " " && $0 != "\t" }.lowercased()
            }
            guard let weight = Self.weight(parts.dropFirst()) else { continue }
            weights[parts[0]] = weight
        }
    }

    /// Whether an answer may be compressed.
    enum Gzip: Hashable, Sendable {
        case no, yes
        /// It has to be: the caller refuses an answer as it is.
        case only
    }

    /// It may be where gzip is taken, and not liked less than no coding.
    var gzip: Gzip {
        let gzip = weights["gzip"] ?? weights["x-gzip"] ?? weights["*"] ?? 0
        guard gzip > 0, gzip >= weights["identity"] ?? 0 else { return .no }
        return weights["identity"] ?? weights["*"] == 0 ? .only : .yes
    }

    /// Nil when it is malformed.
    private static func weight(_ parameters: ArraySlice<String>) -> Int? {
        guard let parameter = parameters.first else { return 1_000 }
        guard parameters.count == 1, parameter.hasPrefix("q=") else { return nil }
        let digits = parameter.dropFirst(2).split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = digits.count == 2 ? digits[1] : ""
        guard digits[0] == "0" || digits[0] == "1", fraction.utf8.count <= 3, fraction.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let weight = Int(digits[0] + fraction + String(repeating: "0", count: 3 - fraction.utf8.count))
        else { return nil }
        return weight <= 1_000 ? weight : nil
    }
}
