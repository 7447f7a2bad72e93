internal import JSON

extension ImportSummary {
    /// The summary for programs.
    public var json: String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("not_read", notRead) { $0.write(to: &$1) }
            writer.member("complete", notRead.isHarmless)
            writer.member("label", label)
            writer.member("tables", tables) { $0.write(to: &$1) }
            writer.member("derived_new", Int64(derivedNew))
            writer.member("left_behind", leftBehind) { $1.string($0) }
            writer.member("reject_file", rejectFile)
        }
        return writer.text
    }
}

extension ImportSummary.Table {
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("source", source)
            writer.member("target", target)
            for (name, count) in [
                ("read", read), ("inserted", inserted), ("updated", updated), ("unchanged", unchanged), ("rejected", rejected),
                ("duplicate", duplicate), ("erased", erased),
            ] { writer.member(name, Int64(count)) }
            writeRules(to: &writer)
        }
    }

    /// What the rules did, as members of an object.
    func writeRules(to writer: inout JSONWriter) {
        writer.member("normalised", changes) { $0.write(to: &$1) }
        writer.member("rejects", rejects) { $0.write(to: &$1) }
        writer.member("unmapped", unmapped) { count, writer in
            writer.object { writer in
                writer.member("column", count.name)
                writer.member("values", Int64(count.count))
            }
        }
    }
}

extension ImportSummary.Strike {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("rule", rule)
            writer.member("column", column)
            writer.member("count", Int64(count))
            writer.member("first_keys", firstKeys) { $1.string($0) }
        }
    }
}

extension ImportSummary.Table {
    /// Takes back what `write` wrote of a table that is staged: nothing of it is inserted, updated or unchanged yet.
    ///
    /// - Throws: `UnknownForm` when another release wrote it.
    init(_ value: JSONValue, missing: JSONValue?) throws {
        func object(_ value: JSONValue?) throws -> JSONObject {
            guard case .object(let object) = value else { throw UnknownForm() }
            return object
        }
        func list<Element>(_ value: JSONValue?, _ element: (JSONValue) throws -> Element) throws -> [Element] {
            guard case .array(let values) = value else { throw UnknownForm() }
            return try values.map(element)
        }
        func text(_ value: JSONValue?) throws -> String {
            guard case .string(let text) = value else { throw UnknownForm() }
            return text
        }
        func count(_ value: JSONValue?) throws -> Int {
            guard case .number(let digits) = value, let count = Int(digits) else { throw UnknownForm() }
            return count
        }
        func strike(_ value: JSONValue) throws -> ImportSummary.Strike {
            let strike = try object(value)
            return ImportSummary.Strike(
                rule: try text(strike["rule"]), column: try text(strike["column"]), count: try count(strike["count"]),
                firstKeys: try list(strike["first_keys"], text))
        }
        let table = try object(value)
        self.init(source: try text(table["source"]), target: try text(table["target"]))
        (read, rejected, duplicate) = (try count(table["read"]), try count(table["rejected"]), try count(table["duplicate"]))
        erased = try count(table["erased"])
        (changes, rejects) = (try list(table["normalised"], strike), try list(table["rejects"], strike))
        unmapped = try list(table["unmapped"]) { value in
            let column = try object(value)
            return ImportSummary.Count(name: try text(column["column"]), count: try count(column["values"]))
        }
        self.missing = missing == .null ? nil : try list(missing, text)
    }

    /// A summary that this program did not write.
    struct UnknownForm: Error {}
}
