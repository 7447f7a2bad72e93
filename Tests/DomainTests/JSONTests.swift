import Domain
import JSON
import Testing

@Suite struct JSONTests {
    @Test func numbersStayAsTheyWereWritten() throws {
        let value = try JSONReader.read(#"{"id": 2025123456789012345678, "pi": 3.1400, "e": -1e5}"#)
        #expect(
            value
                == .object(
                    JSONObject(members: [
                        .init(name: "id", value: .number("2025123456789012345678")), .init(name: "pi", value: .number("3.1400")),
                        .init(name: "e", value: .number("-1e5")),
                    ])))
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":1,}", "01", "1.", ".5", "+1", "NaN", "Infinity", "nul", "'a'", "\"a", "\"\\x\"", "\"\\u12g4\"",
        "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\u{1}\"", "1 2", "{\"a\":1,\"a\":2}", "{a:1}", "[1 2]", "\u{FEFF}1", "-", "1e", "tru",
    ])
    func refusesWhatIsNotStrictJSON(text: String) {
        #expect(throws: JSONError.self) { try JSONReader.read(text) }
    }

    @Test func refusesInvalidUTF8() {
        #expect(throws: JSONError.self) { try JSONReader.read([0x22, 0xC3, 0x28, 0x22]) }
        #expect(throws: JSONError.self) { try JSONReader.read([0x22, 0xED, 0xA0, 0x80, 0x22]) }
    }

    @Test func nestingIsBounded() {
        #expect(throws: JSONError.self) { try JSONReader.read(String(repeating: "[", count: 100_000)) }
    }

    @Test func aFloodOfMembersIsSearchedForDuplicatesInReasonableWork() {
        let members = (0..<20_000).map { "\"member \($0)\": 1" }.joined(separator: ",")
        #expect(throws: Never.self) { try JSONReader.read("{\(members)}") }
        #expect(throws: JSONError.self) { try JSONReader.read("{\(members), \"member 7\": 2}") }
    }

    /// An object is read the same whatever object was read before it.
    @Test func anObjectDoesNotDependOnThoseBeforeIt() throws {
        var random = SystemRandomNumberGenerator()
        let names = [#"a"#, #"b"#, #"\u0061"#, #"a member with a long name"#, #"a\n"#, "a\n", #"\""#]
        for _ in 0..<2_000 {
            let objects = (0..<3).map { _ in
                let members = (0..<Int.random(in: 0...3, using: &random)).map { _ in "\"\(names.randomElement(using: &random) ?? "")\": 1" }
                return "{" + members.joined(separator: ", ") + "}"
            }
            let alone = objects.map { try? JSONReader.read($0) }
            let together = try? JSONReader.read("[" + objects.joined(separator: ",") + "]")
            #expect(together == (alone.contains(nil) ? nil : .array(alone.compactMap { $0 })), "\(objects)")
        }
    }

    @Test func decodesEscapesAndPairs() throws {
        #expect(try JSONReader.read(#""\u00e9\n\ud83d\ude00\/\\\"""#) == .string("é\n😀/\\\""))
    }

    @Test func whatIsWrittenReadsTheSame() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let value = randomValue(depth: 0, &random)
            var writer = JSONWriter()
            writer.value(value)
            #expect(try JSONReader.read(writer.bytes) == value)
        }
    }

    private func randomValue(depth: Int, _ random: inout some RandomNumberGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth < 4 ? 6 : 4), using: &random) {
        case 0: .null
        case 1: .boolean(.random(using: &random))
        case 2: .number("\(Int64.random(in: .min ... .max, using: &random))")
        case 3: .string(randomText(&random))
        case 4: .array((0..<Int.random(in: 0...4, using: &random)).map { _ in randomValue(depth: depth + 1, &random) })
        default:
            .object(
                JSONObject(
                    members: (0..<Int.random(in: 0...4, using: &random)).map { index in
                        .init(name: "\(index)" + randomText(&random), value: randomValue(depth: depth + 1, &random))
                    }))
        }
    }

    private func randomText(_ random: inout some RandomNumberGenerator) -> String {
        let scalars = (0..<Int.random(in: 0...12, using: &random)).compactMap { _ in
            Unicode.Scalar(UInt32.random(in: 0...(Bool.random(using: &random) ? 0x7F : 0x10FFFF), using: &random))
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
