/// A strict reader of RFC 4180, and what the documentation says of formulas, written anew.
enum CSVText {
    static let columns = [
        "status_id", "discovered_at", "posted_at", "author_handle", "author_display", "watch_tier", "body_text", "url", "is_significant",
        "significance_reason", "source_query", "likes", "reposts", "replies", "views", "views_per_hour", "likes_per_hour", "reported_at",
        "gone_at",
    ]

    struct Cell {
        var text = ""
        var isQuoted = false
        var isNull: Bool { text.isEmpty && !isQuoted }
    }

    /// Nil when `text` is not of the form.
    static func rows(_ text: String) -> [[Cell]]? {
        let scalars = Array(text.unicodeScalars)
        var (rows, row, cell, place): ([[Cell]], [Cell], Cell, Int) = ([], [], Cell(), 0)
        func scalar(_ index: Int) -> Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }
        while let next = scalar(place) {
            switch next {
            case "\"" where cell.text.isEmpty && !cell.isQuoted:
                cell.isQuoted = true
                place += 1
                while scalar(place) != "\"" || scalar(place + 1) == "\"" {
                    guard let inside = scalar(place) else { return nil }
                    cell.text.unicodeScalars.append(inside)
                    place += inside == "\"" ? 2 : 1
                }
                guard [",", "\r"].contains(scalar(place + 1)) else { return nil }
            case ",":
                row.append(cell)
                cell = Cell()
            case "\r":
                guard scalar(place + 1) == "\n" else { return nil }
                rows.append(row + [cell])
                (row, cell) = ([], Cell())
                place += 1
            case "\"", "\n": return nil
            default: cell.text.unicodeScalars.append(next)
            }
            place += 1
        }
        return row.isEmpty && cell.isNull ? rows : nil
    }

    static func beginsLikeFormula(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first(where: { !isSpace($0) }) else { return false }
        return isSign(first)
    }

    static func unguarded(_ cell: String) -> String {
        guard cell.unicodeScalars.first == "'" else { return cell }
        guard let first = cell.unicodeScalars.first(where: { $0 != "'" && !isSpace($0) }), isSign(first) else { return cell }
        return String(String.UnicodeScalarView(cell.unicodeScalars.dropFirst()))
    }

    static func thousandths(_ value: Int64) -> String {
        let text = "\(value.magnitude % 1_000 + 1_000)".dropFirst()
        let fraction = String(text.reversed().drop { $0 == "0" }.reversed())
        return (value < 0 ? "-" : "") + "\(value.magnitude / 1_000)" + (fraction.isEmpty ? "" : "." + fraction)
    }

    private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
        "=+-@＝＋－＠﹦﹢﹣﹫".unicodeScalars.contains(scalar) || scalar.value < 0x20 || scalar.value == 0x7F
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " "
            || (scalar.value > 0x7F
                && (scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint
                    || [.format, .control].contains(scalar.properties.generalCategory)))
    }
}
