internal import JWTKit

/// The claims of an ID token, in whatever form the provider has them.
struct IDToken: JWTPayload {
    enum Claim: Codable, Hashable, Sendable {
        case text(String)
        case number(Double)
        case boolean(Bool)
        case texts([String])
        case other

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if let boolean = try? container.decode(Bool.self) {
                self = .boolean(boolean)
            } else if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else if let texts = try? container.decode([String].self) {
                self = .texts(texts)
            } else {
                self = .other
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .number(let number): try container.encode(number)
            case .boolean(let boolean): try container.encode(boolean)
            case .texts(let texts): try container.encode(texts)
            case .other: try container.encodeNil()
            }
        }
    }

    var claims: [String: Claim]

    init(claims: [String: Claim]) { self.claims = claims }

    init(from decoder: any Decoder) throws { claims = try decoder.singleValueContainer().decode([String: Claim].self) }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(claims)
    }

    /// The claims are looked at by `IDTokenVerifier`, which says which of them is wrong.
    func verify(using algorithm: some JWTAlgorithm) async throws {}

    func text(_ name: String) -> String? { if case .text(let text)? = claims[name], !text.isEmpty { text } else { nil } }

    func number(_ name: String) -> Double? { if case .number(let number)? = claims[name] { number } else { nil } }

    /// Several texts, or one.
    func texts(_ name: String) -> [String] { if case .texts(let texts)? = claims[name] { texts } else { text(name).map { [$0] } ?? [] } }

    /// As a boolean or as a text: providers differ.
    func isTrue(_ name: String) -> Bool { [.boolean(true), .text("true")].contains(claims[name]) }
}
