import AWS
import Domain
import JSON

/// A command of this program that the administrator's function is asked to run.
struct AdminTask: Sendable {
    /// Names the task, and the folder of its results.
    let id: String
    /// Without the program's name.
    let command: [String]
    /// The key of the snapshot that the command reads.
    let snapshot: SnapshotObject?
    /// Who runs `database bootstrap`.
    let administrator: Administrator?

    /// Stands in the command where the path of the snapshot belongs.
    static let placeholder = "SNAPSHOT"

    struct Administrator: Sendable, CustomStringConvertible, CustomReflectable {
        let user: String
        let password: String

        var description: String { user }
        var customMirror: Mirror { Mirror(self, children: ["user": user]) }
    }

    struct SnapshotObject: Sendable {
        let key: String
        let sha256: String

        /// Nil for another name: it says what the object holds.
        init?(_ key: String) {
            guard let parts = key.wholeMatch(of: /import\/([0-9a-f]{64})\.db/) else { return nil }
            (self.key, sha256) = (key, String(parts.1))
        }
    }

    /// - Throws: `InvocationError` for an event that is no task, or one that is not allowed. A value of it is shown only when it is no secret.
    init(_ payload: [UInt8]) throws(InvocationError) {
        guard case .object(let object)? = try? JSONReader.read(payload) else { throw Self.refusal("it is no JSON object") }
        if let stranger = object.members.firstIndex(where: { !Self.members.contains($0.name) }) {
            throw Self.refusal("its member \(stranger + 1) is none of \(Self.members.joined(separator: ", "))")
        }
        id = try Self.id(object["id"])
        command = try Self.words(object["command"])
        try Self.requireAllowed(command)
        snapshot = try Self.snapshot(object["snapshot"])
        administrator = try Self.administrator(object["administrator"])
        try requireFitting()
    }

    private static let members = ["id", "command", "snapshot", "administrator"]

    private static func refusal(_ reason: String) -> InvocationError {
        InvocationError("Task.Refused", "This is no task that is run here: \(reason).")
    }

    private static func id(_ value: JSONValue?) throws(InvocationError) -> String {
        guard case .string(let id)? = value, id.wholeMatch(of: /[A-Za-z0-9-]{1,64}/) != nil else {
            throw refusal("id has to be 1 to 64 letters, digits and hyphens")
        }
        return id
    }

    private static func words(_ value: JSONValue?) throws(InvocationError) -> [String] {
        guard case .array(let values)? = value, !values.isEmpty else { throw refusal("command has to be a list of words") }
        var words: [String] = []
        for value in values {
            guard case .string(let word) = value, !word.contains("\0") else { throw refusal("command has to be a list of words") }
            words.append(word)
        }
        return words
    }

    private static func snapshot(_ value: JSONValue?) throws(InvocationError) -> SnapshotObject? {
        switch value {
        case nil, .null?: return nil
        case .string(let key)?:
            if let object = SnapshotObject(key) { return object }
            fallthrough
        default: throw refusal("snapshot has to be like import/SHA256.db, with the hash of the file in 64 hexadecimal digits")
        }
    }

    private static func administrator(_ value: JSONValue?) throws(InvocationError) -> Administrator? {
        switch value {
        case nil, .null?: return nil
        case .object(let object)?:
            guard case .string(let user)? = object["user"], case .string(let password)? = object["password"], !user.isEmpty,
                !password.isEmpty, !password.contains(where: { $0.isNewline || $0 == "\0" }), object.members.count == 2
            else { fallthrough }
            return Administrator(user: user, password: password)
        default: throw refusal("administrator has to be an object with user and password, two texts of one line")
        }
    }

    private func requireFitting() throws(InvocationError) {
        guard (administrator != nil) == isBootstrap else {
            throw Self.refusal("administrator belongs to `database bootstrap`, and to nothing else")
        }
        guard (snapshot != nil) == readsSnapshot, command.filter({ $0 == Self.placeholder }).count == (readsSnapshot ? 1 : 0) else {
            throw Self.refusal(
                "a command that reads a snapshot has the member snapshot, and once the word \(Self.placeholder) where its path belongs; another one has neither"
            )
        }
    }
}

extension AdminTask {
    /// The commands, and which of their verbs.
    private static let verbs: [String: Set<String>] = [
        "schema": ["status", "plan", "apply", "grant"], "keys": ["create", "list", "rotate", "revoke"],
        "snapshot": ["inspect", "import", "validate", "undo"], "database": ["bootstrap"],
        // What a key of the scope ops can do needs no task.
        "ops": ["erase"],
    ]
    /// Where files go is decided here.
    private static let reservedOptions = ["--rejects", "--report"]

    private static func requireAllowed(_ command: [String]) throws(InvocationError) {
        guard command.count > 1, verbs[command[0]]?.contains(command[1]) == true else {
            throw refusal(
                "command has to be one of schema status, plan, apply or grant, keys create, list, rotate or revoke, database bootstrap, snapshot inspect, import, validate or undo, ops erase"
            )
        }
        for option in reservedOptions where command.contains(where: { $0 == option || $0.hasPrefix(option + "=") }) {
            throw refusal("\(option) is set by the function, which keeps that file beside its results")
        }
    }

    /// The command and its verb, for the log too.
    var name: String { command.prefix(2).joined(separator: " ") }

    var isBootstrap: Bool { name == "database bootstrap" }
    var readsSnapshot: Bool { command[0] == "snapshot" && command[1] != "undo" }
    /// What it prints may be a key.
    var isAboutKeys: Bool { command[0] == "keys" }
}
