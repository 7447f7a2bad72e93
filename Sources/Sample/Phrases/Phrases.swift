/// The wording of the sample, one template per line, grouped in rules that begin with `= name`.
///
/// `{name}` is replaced by a line of the rule `name` or by the slot of that name, `{^name}` likewise with a capital first
/// letter, and `⏎` by a line break. `topic@role` is what a role says about a topic; `topic` is what everybody else says.
enum Phrases {
    /// Everything that the grammar is made of.
    static let all: [String] = [
        names, release, wallet, exchange, security, governance, price, support, chatter, research, community, nodes, regulation,
        payments, criticism, mining, privacy, conference, threads, frames, significance, ancient,
        romance, germanic, slavic, rightToLeft, eastAsian, southAsian,
    ]
}
