/// What fills the slots of a template: figures, names and links of the sample's world.
struct Slots: Sendable {
    /// The number of the post, from which block heights, versions and links advance.
    let post: Int
    let people: [Author]

    func fill(_ slot: String, _ random: inout RandomSource) -> String {
        switch slot {
        case "number": String(random.number(2...48))
        case "big": grouped(random.number(1_200...94_000))
        case "ms": String(random.number(3...900))
        case "percent": "\(random.number(2...97)) %"
        case "change": "\(random.chance(0.5) ? "+" : "−")\(random.number(1...34)) %"
        case "block": grouped(1_840_000 + post * 3)
        case "version": "4.\(post / 400 % 10).\(random.number(0...6))"
        case "fip": "FIP-\(random.number(11...64))"
        case "hour": "\(random.number(6...22)):\(random.pick(["00", "15", "30", "45"])) UTC"
        case "weekday": random.pick(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
        case "year": String(random.number(2019...2025))
        case "hash": String(random.next() | 1 << 63, radix: 16)
        case "link": "https://fernveil.example/\(random.pick(["notes", "forum", "data", "docs"]))/\(random.number(100...9_999))"
        case "handle": "@" + random.pick(people).handle
        case "asker": random.pick(people).handle
        case "team": "@" + random.pick(people.filter { $0.tier == "teammate" }).handle
        case "name": random.pick(people).name
        default: ""
        }
    }

    private func grouped(_ number: Int) -> String {
        number < 1_000 ? "\(number)" : "\(grouped(number / 1_000)),\(String(number % 1_000 + 1_000).dropFirst())"
    }
}
