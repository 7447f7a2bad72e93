import Domain
import JSON
import Testing

@Suite struct DecimalTests {
    @Test(
        arguments: [
            (0, 0, "0"), (7, 0, "7"), (10, 0, "10"), (-10, 0, "-10"), (.max, 0, "9223372036854775807"), (.min, 0, "-9223372036854775808"),
            (0, 3, "0"), (1, 3, "0.001"), (10, 3, "0.01"), (100, 3, "0.1"), (1_000, 3, "1"), (1_500, 3, "1.5"), (-1, 3, "-0.001"),
            (-1_000, 3, "-1"),
            (.max, 3, "9223372036854775.807"), (.min, 3, "-9223372036854775.808"), (.min, 18, "-9.223372036854775808"), (5, 6, "0.000005"),
            (120_000, 6, "0.12"), (1, 30, "0.000000000000000000000000000001"),
        ] as [(Int64, Int, String)])
    func everyDigitIsThere(value: Int64, places: Int, text: String) {
        var bytes = Array("x".utf8)
        bytes.append(decimal: value, places: places)
        #expect(String(decoding: bytes, as: UTF8.self) == "x" + text)
    }
}
