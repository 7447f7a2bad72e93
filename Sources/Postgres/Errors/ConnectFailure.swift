/// Turns libpq's report of a failed connection attempt into an error for people.
struct ConnectFailure {
    let libpqMessage: String
    let target: ConnectionTarget

    var error: PostgresError {
        let lines = libpqMessage.split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }
        // LOCATION is the server's source line; the "Is the server running" hint only repeats host and port.
        let told = lines.filter { !$0.hasPrefix("LOCATION:") && !$0.hasPrefix("Is the server running") && !$0.isEmpty }
        var sqlState: SQLState?
        var reasons: [String] = []
        for line in told {
            let (state, reason) = Self.parse(line)
            sqlState = sqlState ?? state
            if !reasons.contains(reason) { reasons.append(reason) }
        }
        let reason = reasons.isEmpty ? "libpq gave no reason" : reasons.joined(separator: "; ")
        let advice = Self.advice(reason).map { ". \($0)" } ?? ""
        return PostgresError(
            .connection, "could not connect to Postgres at \(target.address): \(reason)\(advice)", sqlState: sqlState)
    }

    /// What the text leaves open.
    private static func advice(_ reason: String) -> String? {
        guard reason.contains("certificate verify failed") else { return nil }
        return """
            None of the authorities in sslrootcert has signed the server's certificate, or it is not valid at the time of this machine's clock
            """
    }

    /// `connection to server at "h" (1.2.3.4), port 5 failed: FATAL:  28P01: password …` → 28P01 and `password …`.
    private static func parse(_ line: Substring) -> (SQLState?, String) {
        var text = line
        if text.hasPrefix("connection to server"), let end = text.firstRange(of: " failed: ") { text = text[end.upperBound...] }
        // The word before it is in the server's language.
        if let match = text.prefixMatch(of: #/\S+:\s+([0-9A-Z]{5}): /#) {
            return (SQLState(rawValue: String(match.1)), String(text[match.range.upperBound...]))
        }
        guard let first = text.first else { return (nil, "") }
        return (nil, text.dropFirst().first?.isLowercase == true ? first.lowercased() + text.dropFirst() : String(text))
    }
}
