internal import Domain
internal import Postgres

/// One table of the snapshot, the table that it becomes, and what each column is read from.
struct SourceTable: Sendable {
    /// Its name in a snapshot.
    let name: String
    /// Its name in this snapshot, to the letter.
    private(set) var stored: String
    /// The table of the archive that its rows go to.
    let target: ArchiveTable
    let columns: [TargetColumn]

    init(name: String, target: ArchiveTable, columns: [TargetColumn]) {
        (self.name, self.target, self.columns) = (name, target, columns)
        stored = name
    }

    /// This table as a snapshot has it that names it `stored`.
    func stored(as stored: String) -> SourceTable {
        var table = self
        table.stored = stored
        return table
    }

    /// In the order of the import: posts before what refers to them.
    static let all: [SourceTable] = [.watchAccounts, .posts, .reports, .runs, .embeddings]

    /// The names, in lower case, of the columns that tell when a row was written or seen last.
    var momentNames: Set<String> {
        Set(columns.filter { ["last_seen_at", "discovered_at", "run_at"].contains($0.sourceNames.first ?? "") }.flatMap(\.sourceNames))
    }

    /// Whether the archive remembers when each of its columns was observed.
    var keepsTimes: Bool { target.timeColumn != nil }

    static let watchAccounts = SourceTable(
        name: "watch_accounts", target: .watchAccounts,
        columns: [
            TargetColumn("handle", ["author_handle"], .handle, .required),
            TargetColumn("tier", ["watch_tier"], .tier, .required),
            TargetColumn("note", [], .text),
            TargetColumn("added_at", ["created_at", "updated_at"], .timestamp, .required),
        ])

    static let posts = SourceTable(
        name: "tweets", target: .posts,
        columns: [TargetColumn("status_id", ["id"], .id, .required)]
            + PostColumn.allCases.map(TargetColumn.init)
            + [
                TargetColumn("discovered_at", ["captured_at", "created_at"], .timestamp, .required),
                TargetColumn("last_seen_at", ["updated_at", "seen_at"], .timestamp, .required),
            ])

    static let reports = SourceTable(
        name: "reports", target: .reports,
        columns: [
            TargetColumn("status_id", ["id"], .id, .required),
            TargetColumn("reported_at", ["created_at"], .timestamp, .required),
            TargetColumn("channel", [], .text),
            TargetColumn("summary", [], .text),
            TargetColumn("destination", [], .text),
        ])

    static let runs = SourceTable(
        name: "runs", target: .runs,
        columns: [
            TargetColumn("run_at", ["created_at", "timestamp"], .timestamp, .required),
            TargetColumn("mode", [], .runMode, .required),
            TargetColumn("fetched_count", [], .counter, .fallback(.integer(0))),
            TargetColumn("significant_count", [], .counter, .fallback(.integer(0))),
            TargetColumn("reported_count", [], .counter, .fallback(.integer(0))),
            TargetColumn("note", [], .text),
            TargetColumn("source", [], .text, .fallback(.text(PipelineRunUpsert.defaultSource))),
        ])

    static let embeddings = SourceTable(
        name: "tweet_embeddings", target: .embeddings,
        columns: [
            TargetColumn("status_id", ["id"], .id, .required),
            TargetColumn("backend", [], .text, .required),
            TargetColumn("model", [], .text, .required),
            TargetColumn("vector_json", ["vector"], .vector, .required),
            TargetColumn("dims", [], .dimensions),
            TargetColumn("text_hash", [], .text, .required),
            TargetColumn("updated_at", ["created_at"], .timestamp, .required),
            TargetColumn("created_at", ["updated_at"], .timestamp, .required),
        ])
}

/// One column in Postgres and how it is read.
struct TargetColumn: Sendable {
    let identifier: Identifier
    /// The accepted names in the snapshot; of one row the first that has a value wins.
    let sourceNames: [String]
    let kind: Kind
    let absence: Absence

    enum Kind: Sendable {
        case id, url, handle, text, tier, boolean, timestamp, counter, delta, runMode, vector, dimensions

        /// The rule that its values follow.
        var rule: Rule {
            switch self {
            case .id: .id
            case .url: .url
            case .handle: .handle
            case .text: .text
            case .tier: .tier
            case .boolean: .boolean
            case .timestamp: .timestamp
            case .counter: .counter
            case .delta: .delta
            case .runMode: .runMode
            case .vector: .vector
            case .dimensions: .dimensions
            }
        }
    }

    /// What a null becomes.
    enum Absence: Sendable {
        case null
        case fallback(Cell)
        /// It rejects the row.
        case required
    }

    init(_ identifier: Identifier, _ olderNames: [String], _ kind: Kind, _ absence: Absence = .null) {
        self.identifier = identifier
        sourceNames = [identifier.name] + olderNames
        self.kind = kind
        self.absence = absence
    }

    init(_ column: PostColumn) {
        self.init(
            Identifier(column), Self.olderNames(of: column), Kind(column.kind),
            PostColumn.required.contains(column) ? .required : column.isNullable ? .null : .fallback(column.initial))
    }

    /// Its name in Postgres.
    var name: String { identifier.name }

    var isRequired: Bool { if case .required = absence { true } else { false } }

    var type: PostgresType {
        switch kind {
        case .id, .url, .handle, .text, .tier, .runMode: .text
        case .boolean: .boolean
        case .timestamp: .timestamp
        case .counter, .delta: .integer
        case .dimensions: .smallInteger
        case .vector: .json
        }
    }

    private static func olderNames(of column: PostColumn) -> [String] {
        switch column {
        case .url: ["status_url", "tweet_url"]
        case .authorHandle: ["handle", "author", "username"]
        case .authorDisplay: ["display_name", "author_name"]
        case .bodyText: ["text", "tweet_text", "content"]
        case .sourceQuery: ["query_type", "source"]
        case .watchTier: ["tier"]
        case .isSignificant: ["significant"]
        case .significanceReason: ["reason"]
        case .reposts, .initialReposts, .reposts24h, .refresh24hDeltaReposts:
            [column.rawValue.replacing("reposts", with: "retweets")]
        default: []
        }
    }
}

extension TargetColumn.Kind {
    init(_ kind: PostColumn.Kind) {
        self =
            switch kind {
            case .url: .url
            case .handle: .handle
            case .text: .text
            case .tier: .tier
            case .boolean: .boolean
            case .timestamp: .timestamp
            case .counter: .counter
            case .delta: .delta
            }
    }
}
