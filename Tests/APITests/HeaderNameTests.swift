import HTTPTypes
import Testing

@testable import API

@Suite struct HeaderNameTests {
    /// A name that is none would end the program where it is first used.
    @Test func everyNameIsOne() {
        let names: [HTTPField.Name] = [
            .requestID, .apiKey, .idempotencyKey, .lastEventID, .accelBuffering, .referrerPolicy, .permissionsPolicy,
            .crossOriginOpenerPolicy,
        ]
        #expect(Set(names).count == names.count)
    }
}
