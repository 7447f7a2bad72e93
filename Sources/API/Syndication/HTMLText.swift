/// HTML that shows a text as it is: no markup of its own, and its line breaks, which a reader of feeds would not show otherwise.
enum HTMLText {
    static func of(_ text: String) -> String {
        var html = ""
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": html += "&amp;"
            case "<": html += "&lt;"
            case ">": html += "&gt;"
            case "\n" where previous == "\r": break
            case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": html += "<br>\n"
            default: html.unicodeScalars.append(scalar)
            }
            previous = scalar
        }
        return html
    }
}
