/// Expands the templates of `Phrases` into texts.
struct Grammar: Sendable {
    private let rules: [String: [Substring]]

    init() {
        var rules: [String: [Substring]] = [:]
        for section in Phrases.all {
            var name = ""
            for line in section.split(separator: "\n") {
                if line.hasPrefix("= ") { name = String(line.dropFirst(2)) } else { rules[name, default: []].append(line) }
            }
        }
        self.rules = rules
    }

    func has(_ rule: String) -> Bool {
        rules[rule] != nil
    }

    /// A text of `rule`, in which `context` fills the slots.
    func text(_ rule: String, _ context: Slots, _ random: inout RandomSource) -> String {
        guard let templates = rules[rule] else { return context.fill(rule, &random) }
        return expand(random.pick(templates), context, &random)
    }

    private func expand(_ template: Substring, _ context: Slots, _ random: inout RandomSource) -> String {
        var result = ""
        var rest = template
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open]
            let name = rest[rest.index(after: open)..<close]
            if name.first == "^" {
                let text = text(String(name.dropFirst()), context, &random)
                result += text.prefix(1).uppercased() + text.dropFirst()
            } else {
                result += text(String(name), context, &random)
            }
            rest = rest[rest.index(after: close)...]
        }
        return (result + rest).replacing("⏎", with: "\n")
    }
}
