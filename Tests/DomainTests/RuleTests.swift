import Domain
import JSON
import Testing

@Suite struct RuleTests {
    @Test(arguments: [("@Alice ", "alice"), ("  bob", "bob"), ("ÄRA", "ära"), ("@@x", "x")])
    func handlesAreTrimmedAndLowerCased(text: String, expected: String) {
        #expect(HandleRule.normalise(text) == expected)
    }

    @Test(arguments: ["", " ", "@", " @"])
    func aHandleIsNotEmpty(text: String) {
        #expect(HandleRule.normalise(text) == nil)
    }

    @Test(
        arguments: [("0", 0), ("007", 7), ("-5", -5), ("9223372036854775807", .max), ("-9223372036854775808", .min)] as [(String, Int64)])
    func integersAreRead(text: String, value: Int64) {
        #expect(IntegerRule.parse(text.utf8) == value)
    }

    @Test(arguments: ["", "-", "1.2K", "12,345", "3.7", "1e3", " 7", "7 ", "+7", "9223372036854775808", "-9223372036854775809", "٣"])
    func aLooseNumberIsRefusedNotGuessed(text: String) {
        #expect(IntegerRule.parse(text.utf8) == nil)
    }

    @Test func aDoubleIsAnIntegerOnlyWhenItIsExact() {
        #expect(IntegerRule.exact(12) == 12)
        #expect(IntegerRule.exact(3.7) == nil)
        #expect(IntegerRule.exact(1e300) == nil)
        #expect(IntegerRule.exact(.nan) == nil)
    }

    @Test(arguments: [("1", true), ("YES", true), ("t", true), ("False", false), ("N", false)])
    func booleansInWords(text: String, value: Bool) {
        #expect(BooleanRule.parse(text) == value)
    }

    @Test(arguments: ["", "2", "on", "maybe"])
    func otherWordsAreNoBooleans(text: String) {
        #expect(BooleanRule.parse(text) == nil)
    }

    @Test func anUnknownTierIsNotNoTier() {
        #expect(TierRule.parse("Teammate") == .tier(.teammate))
        #expect(TierRule.parse("") == TierRule.Reading.none)
        #expect(TierRule.parse("investor") == nil)
    }

    @Test func legacyModesAreMapped() {
        #expect(RunModeRule.parse("refresh-24h") == .refresh24h)
        #expect(RunModeRule.parse("refresh_24h") == .refresh24h)
        #expect(RunModeRule.parse("hourly") == nil)
    }

    @Test(arguments: ["http://x.example", "HTTPS://x.example/1"])
    func webAddresses(text: String) {
        #expect(LinkRule.isWebAddress(text.utf8))
    }

    @Test(arguments: [
        "javascript:alert(1)", "https:/x", "https://", "ftp://x", " https://x", "httpS//x", "http:\u{1A}//x", "ht\u{54}p:\u{0F}\u{0F}x",
    ])
    func everythingElseIsNoWebAddress(text: String) {
        #expect(!LinkRule.isWebAddress(text.utf8))
    }

    @Test func textIsUTF8WithoutNull() {
        #expect(TextRule.isStorable("naïve 😀"))
        #expect(!TextRule.isStorable("a\u{0}b"))
        #expect([UInt8]([0x61, 0xFF]).withUnsafeBufferPointer { !TextRule.isStorable($0) })
        #expect([UInt8](repeating: 0x61, count: 100).withUnsafeBufferPointer(TextRule.isStorable))
        #expect(([UInt8](repeating: 0x61, count: 100) + [0, 0x61]).withUnsafeBufferPointer { !TextRule.isStorable($0) })
        #expect([UInt8]().withUnsafeBufferPointer(TextRule.isStorable))
    }

    @Test func aTextMayBeLongerThanAnyPostOfXAndAKeyThanAnyHandle() {
        #expect(TextRule.maxBytes == 256 * 1_024 && TextRule.maxBytes > 25_000 * 4)
        #expect(TextRule.maxKeyBytes < TextRule.maxBytes)
    }

    @Test func vectorsAreFiniteNumbers() throws {
        #expect(VectorRule.dimensions(try JSONReader.read("[1, -2.5e-3]")) == 2)
        #expect(VectorRule.dimensions(try JSONReader.read("[1e999]")) == nil)
        #expect(VectorRule.dimensions(try JSONReader.read("[\"1\"]")) == nil)
        #expect(VectorRule.dimensions(try JSONReader.read("{}")) == nil)
    }

    @Test(arguments: [
        ("0", true), ("-0.0", true), ("1e-999", false), ("0e-999", true), (digits(300), true), (digits(309), true), (digits(310), false),
        (fraction(298), true), (fraction(350), false), (digits(401), false),
    ])
    func aNumberOfAVectorIsNeitherTooLargeNorTooSmallForADouble(number: String, isTaken: Bool) throws {
        #expect(VectorRule.dimensions(try JSONReader.read("[\(number)]")) == (isTaken ? 1 : nil))
    }

    /// A number of so many digits.
    private static func digits(_ count: Int) -> String { "1" + String(repeating: "0", count: count - 1) }
    /// The smallest number with so many places.
    private static func fraction(_ places: Int) -> String { "0." + String(repeating: "0", count: places - 1) + "1" }
}
