// swift-tools-version: 6.2
import PackageDescription

// The folder table of docs/architecture.md, as code: a target may import what it lists here and nothing else.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]
let warningsAreErrors = Context.environment["XMONITOR_STRICT"] == nil ? [] : [SwiftSetting.treatAllWarnings(as: .error)]
let settings = strict + warningsAreErrors

// The scripts in bin set it. SwiftPM knows the commit too, but remembers the one of the last change of this file.
let commit = Context.environment["XMONITOR_COMMIT"] ?? "unknown"

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let asyncAlgorithms = Target.Dependency.product(name: "AsyncAlgorithms", package: "swift-async-algorithms")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let jwtKit = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let structuredFields = Target.Dependency.product(name: "RawStructuredFieldValues", package: "swift-http-structured-headers")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypesHTTP1 = Target.Dependency.product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
let nioExtras = Target.Dependency.product(name: "NIOExtras", package: "swift-nio-extras")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")

let package = Package(
    name: "xmonitor",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "xmonitor", targets: ["CLI"])],
    // Exact, for there is no Package.resolved: a release that nobody here has tried is not taken by itself.
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-async-algorithms", exact: "1.1.4"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-structured-headers", exact: "1.7.0"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
        .package(url: "https://github.com/vapor/jwt-kit", exact: "5.7.1"),
    ],
    targets: [
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .target(name: "CCommit", cSettings: [.define("XMONITOR_COMMIT", to: "\"\(commit)\"")]),
        .target(name: "Postgres", dependencies: ["CLibPQ"], swiftSettings: settings),
        .target(name: "JSON", swiftSettings: settings),
        .target(name: "Encoding", swiftSettings: settings),
        .target(name: "TimeLimit", swiftSettings: settings),
        .target(name: "Domain", dependencies: ["JSON", "Encoding"], swiftSettings: settings),
        .target(
            name: "Schema", dependencies: ["Postgres", "Encoding", crypto], path: "db", exclude: ["schema.sql", "statements"],
            resources: [.embedInCode("migrations")], swiftSettings: settings),
        .target(name: "Store", dependencies: ["Postgres", "JSON", "Domain"], swiftSettings: settings),
        .target(
            name: "Snapshot", dependencies: ["Postgres", "JSON", "Encoding", "Domain", "Store", grdb, grdbSQLite, crypto],
            swiftSettings: settings),
        .target(
            name: "AWS", dependencies: ["JSON", "Encoding", "TimeLimit", crypto, httpClient, nio, nioHTTP1, nioPosix],
            swiftSettings: settings),
        .target(name: "Sample", dependencies: ["Domain", grdb, grdbSQLite], swiftSettings: settings),
        .target(
            name: "API",
            dependencies: [
                "CZlib", "JSON", "Encoding", "TimeLimit", "Domain", asyncAlgorithms, crypto, httpClient, httpTypes, hummingbird,
                hummingbirdCore, jwtKit, lifecycle, logging, nio, nioExtras, nioHTTP1, nioHTTPTypes, nioHTTPTypesHTTP1, structuredFields,
                yams,
            ],
            resources: [.embedInCode("openapi.v1.yaml"), .embedInCode("Query/zones.txt")],
            swiftSettings: settings),
        .executableTarget(
            name: "CLI",
            dependencies: [
                "CCommit", "Postgres", "JSON", "TimeLimit", "Domain", "Schema", "Store", "Snapshot", "Sample", "API", "AWS",
                argumentParser, httpClient, hummingbird, lifecycle, logging, nio, nioHTTP1, nioPosix, nioSSL, subprocess, system,
            ],
            swiftSettings: settings),
        .target(name: "TestDatabase", dependencies: ["Postgres", "Schema"], path: "Tests/TestDatabase", swiftSettings: settings),
        .testTarget(name: "PostgresTests", dependencies: ["Postgres"], swiftSettings: settings),
        .testTarget(name: "DomainTests", dependencies: ["JSON", "Domain"], swiftSettings: settings),
        .testTarget(name: "SchemaTests", dependencies: ["Schema", "Postgres", "TestDatabase"], swiftSettings: settings),
        .testTarget(
            name: "StoreTests", dependencies: ["Store", "JSON", "Domain", "Schema", "Postgres", "TestDatabase"], swiftSettings: settings),
        .testTarget(
            name: "SnapshotTests",
            dependencies: ["Snapshot", "Sample", "JSON", "Domain", "Postgres", "Schema", "Store", "TestDatabase", grdb],
            swiftSettings: settings),
        .testTarget(
            name: "AWSTests", dependencies: ["AWS", "JSON", crypto, httpClient, nio, nioHTTP1, nioPosix], swiftSettings: settings),
        .testTarget(name: "CLITests", dependencies: ["CLI", "Postgres"], path: "Tests/CLITests", swiftSettings: settings),
        .testTarget(name: "SampleTests", dependencies: ["Sample", "Domain", grdb], swiftSettings: settings),
        .testTarget(
            name: "APITests",
            dependencies: [
                "API", "CZlib", "JSON", "Encoding", "Domain", crypto, httpClient, hummingbird, httpTypes, logging, nio, nioEmbedded,
                nioHTTP1,
                yams,
            ],
            swiftSettings: settings),
    ]
)

// ThreadSanitizer needs a build of its own: one target and its tests, without the packages of the others (bin/test --full).
if let names = Context.environment["XMONITOR_ONLY_TARGETS"]?.split(separator: " ").map(String.init) {
    package.targets.removeAll { !names.contains($0.name) }
    package.products = []
    package.dependencies = []
}
