/// Which variables there are.
enum SettingNames {
    /// Those of all settings, with those that name files.
    static let all = Setting.all.flatMap { $0.isSecret ? [$0.name, $0.fileVariable] : [$0.name] }
    private static let known = Set(all)

    /// Whether a variable is no setting, though its name says that it is one.
    static func isUnknown(_ name: String) -> Bool {
        name.hasPrefix("XMONITOR_") && !known.contains(name) && !ofOtherPrograms.contains(name)
            && !prefixesOfScripts.contains(where: name.hasPrefix)
    }

    /// What the scripts of this project read, and the collectors of its documentation.
    private static let ofOtherPrograms: Set = [
        "XMONITOR_COMMIT", "XMONITOR_ONLY_TARGETS", "XMONITOR_RECORD", "XMONITOR_STRICT", "XMONITOR_URL",
    ]
    private static let prefixesOfScripts = ["XMONITOR_BENCH_", "XMONITOR_DEPLOY_", "XMONITOR_TEST_"]

    /// What is wrong with the variable `name`, and the name that is most like it.
    ///
    /// - Parameter place: the line of a file, nil for the environment.
    static func fault(_ name: String, at place: String?) -> String {
        // Only secrets come from files.
        let nearest =
            Setting.all.first { $0.fileVariable == name }?.name ?? all.min { distance($0, name) < distance($1, name) } ?? ""
        // A secret may have come to stand in the name.
        let isShown =
            name.utf8.count <= 48
            && name.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) || $0 == UInt8(ascii: "_") }
        let shown = isShown ? name : "a variable that begins with XMONITOR_"
        let sentence = place.map { "\($0) sets \(shown), which is no setting." } ?? "The environment has \(shown), which is no setting."
        return "\(sentence) Do you mean \(nearest)? `xmonitor config` lists all; remove what is none."
    }

    /// The number of characters to insert, remove or replace between two texts.
    static func distance(_ first: String, _ second: String) -> Int {
        let (first, second) = (Array(first.utf8), Array(second.utf8))
        var row = Array(0...second.count)
        for (i, byte) in first.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in second.enumerated() {
                let replaced = diagonal + (byte == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
            }
        }
        return row[second.count]
    }
}
