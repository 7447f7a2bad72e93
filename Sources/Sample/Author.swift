/// Somebody who posts. Every one is invented.
struct Author: Sendable {
    let handle: String
    let name: String
    /// `teammate`, `influencer`, `ecosystem`, or nil for somebody who is not watched.
    let tier: String?
    /// How many people typically see a post of this author.
    let reach: Double
    /// The language of the posts, nil for English.
    let language: String?

    /// 42 watched accounts and 120 bystanders, who are the same in every sample.
    static let everybody: [Author] = watched + bystanders

    static let watched: [Author] =
        people(["maren", "tobias", "ilka", "joon", "samira", "oskar", "paloma", "dmitri"], "_fernveil", "teammate", 9_000)
        + people(
            [
                "quietledger", "nodewitch", "cipherfox", "blockbard", "saltandhash", "greyfern", "opentab", "mossyproof", "latenode",
                "thirdkey", "plainproof", "feewatcher", "mixedcase", "coldbrewcoin",
            ], "", "influencer", 26_000)
        + people(
            [
                "kelpswap", "orrinexchange", "bayrook", "tallowbridge", "fernscan", "glasswort", "nettlepool", "peatpool", "mosswallet",
                "larkpurse", "marrowaudits", "veilmeetups", "canopylabs", "hushpay", "fernforum", "tinynodes", "privacydesk", "leafledger",
                "rookdata", "archivefern",
            ], "", "ecosystem", 14_000)

    private static let bystanders: [Author] = {
        let first = ["lena", "kofi", "mateo", "yuki", "anika", "ruben", "noor", "piotr", "elif", "thandi", "joao", "mina"]
        let last = ["walks", "codes", "reads", "2140", "_offgrid", "brews", "maps", "_ok", "hodls", "bikes"]
        let languages = ["de", "es", "fr", "pt", "tr", "vi", "sv", "pl", "ru", "uk", "el", "ar", "he", "fa", "zh", "ja", "ko", "hi", "th"]
        return first.flatMap { one in last.map { (one, $0) } }.enumerated().map { index, pair in
            Author(
                handle: pair.0 + pair.1, name: pair.0.capitalizedFirst + (index % 5 == 0 ? " 🌿" : ""), tier: nil, reach: 300,
                language: index % 4 == 0 ? languages[index / 4 % languages.count] : nil)
        }
    }()

    private static func people(_ names: [String], _ suffix: String, _ tier: String, _ reach: Double) -> [Author] {
        names.enumerated().map { index, name in
            Author(
                handle: name + suffix, name: name.capitalizedFirst, tier: tier, reach: reach / Double(index + 1).squareRoot(), language: nil
            )
        }
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
