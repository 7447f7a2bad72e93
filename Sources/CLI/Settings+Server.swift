import API

extension Settings {
    /// What the server needs, checked.
    func serverConfiguration(cursorKey: [UInt8]) throws -> ServerConfiguration {
        let webRoot = text(.webRoot)
        return ServerConfiguration(
            serviceName: text(.serviceName), serviceVersion: text(.serviceVersion),
            ingestKeys: [Setting.ingestSecret, .apiKey].compactMap { optional($0) }, cursorKey: cursorKey,
            defaultLimit: try integer(.feedDefaultLimit, 1...integer(.feedMaximumLimit, 1...1_000)),
            maximumLimit: try integer(.feedMaximumLimit, 1...1_000), maximumItems: try integer(.maximumItems, 1...100_000),
            maximumBodyBytes: try integer(.maximumBytes, 1_024...(1 << 30)), requestTimeout: try seconds(.requestTimeout),
            webRoot: webRoot.isEmpty ? nil : webRoot)
    }
}
