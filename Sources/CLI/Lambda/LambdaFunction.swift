import API
import AWS
import ArgumentParser
import AsyncHTTPClient
import JSON

/// What the program can be in AWS Lambda.
enum LambdaFunction: String, CaseIterable {
    case api, auth, admin

    static let names = allCases.map(\.rawValue).joined(separator: ", ")

    /// - Throws: `Failure` when there is no such function.
    static func named(_ name: String) throws -> LambdaFunction {
        guard let function = LambdaFunction(rawValue: name) else {
            throw Failure("There is no function \"\(name)\". The handler of a function has to be one of: \(names).")
        }
        return function
    }

    /// What the arguments are where Lambda has started the program without any; nil elsewhere.
    static func arguments(_ arguments: [String], environment: [String: String]) -> [String]? {
        guard arguments.count <= 1, environment["AWS_LAMBDA_RUNTIME_API"]?.isEmpty == false else { return nil }
        return [LambdaCommand.configuration.commandName ?? "", environment["_HANDLER"] ?? ""]
    }

    /// Answers events until the program is ended.
    ///
    /// - Throws: `RuntimeError` when no events can be had, or what keeps the function from starting.
    func run(on runtime: RuntimeAPI) async throws {
        let settings = try await Settings.load()
        switch self {
        case .api:
            try await HTTPClient.withHTTPClient(configuration: SignIn.clientConfiguration.withoutReuse) { http in
                try await Self.serve(APIFunction(settings, speakingBy: http), on: runtime)
            }
        case .auth:
            try await HTTPClient.withHTTPClient(configuration: SignIn.clientConfiguration.withoutReuse) { http in
                try await Self.serve(AuthFunction(settings, speakingBy: http), on: runtime)
            }
        case .admin: try await Self.serve(AdminFunction(settings), on: runtime)
        }
    }

    private static func serve(_ handler: some InvocationHandler, on runtime: RuntimeAPI) async throws {
        try await RuntimeLoop(runtime, handler) { id, error in
            LogLine.write { writer in
                writer.member("level", "error")
                writer.member("lambda_request_id", id)
                writer.member("message", "\(error.type): \(error)")
                if let cause = error.cause { writer.member("cause", cause) }
            }
        }.run()
    }
}
