import CLibPQ

/// The parts of a connection string that may be shown to people.
struct ConnectionTarget {
    let host: String
    let port: String
    let database: String
    let user: String
    let sslmode: String
    /// `options` of the string, or PGOPTIONS.
    let options: String?
    /// What the string or PGTARGETSESSIONATTRS says of it; nil when neither does.
    let sessionAttributes: String?
    /// Whether a file of libpq's has more to say, which only libpq reads.
    let namesService: Bool

    /// Fills what the string leaves open from the environment and libpq's defaults; nil when it is malformed.
    init?(conninfo: String) {
        let isBareName = !conninfo.contains("=") && !conninfo.contains("://")
        guard let values = Self.values(PQconninfoParse(isBareName ? "" : conninfo, nil)) else { return nil }
        let defaults = Self.values(PQconndefaults()) ?? [:]
        func value(_ keyword: String) -> String? { values[keyword] ?? defaults[keyword] }
        host = value("host") ?? value("hostaddr") ?? "local socket"
        port = value("port") ?? "5432"
        user = value("user") ?? ""
        sslmode = value("sslmode") ?? "prefer"
        options = value("options")
        // libpq's own default is "any".
        sessionAttributes = values["target_session_attrs"] ?? defaults["target_session_attrs"].flatMap { $0 == "any" ? nil : $0 }
        namesService = value("service") != nil
        database = (isBareName && !conninfo.isEmpty ? conninfo : value("dbname")) ?? user
    }

    /// `HOST:PORT/DATABASE as USER`
    func description(database other: String?) -> String { "\(address)/\(other ?? database) as \(user)" }

    /// `HOST:PORT`, or several of them when the string names several hosts.
    var address: String {
        let hosts = host.split(separator: ",", omittingEmptySubsequences: false)
        let ports = port.split(separator: ",", omittingEmptySubsequences: false)
        return hosts.indices.map { "\(hosts[$0]):\(ports.count == hosts.count ? ports[$0] : ports.first ?? "")" }
            .joined(separator: ", ")
    }

    private static func values(_ options: UnsafeMutablePointer<PQconninfoOption>?) -> [String: String]? {
        guard let options else { return nil }
        defer { PQconninfoFree(options) }
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val, value.pointee != 0 { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return values
    }
}
