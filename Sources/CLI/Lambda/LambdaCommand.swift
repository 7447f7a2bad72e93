import AWS
import ArgumentParser
import Foundation

struct LambdaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lambda", abstract: "Answer the events of a function of AWS Lambda.",
        discussion: """
            Lambda starts the program without arguments, and that means `xmonitor lambda` with the name of the function's handler:
              api    every request of HTTP but those of the sign-in
              auth   the requests of the sign-in, without a database
              admin  tasks of the operator: commands of this program, with their results in XMONITOR_BUCKET
            A gateway and a function URL bring the requests (payload format 2.0). A function URL has to stream.
            """)

    @Argument(help: "Which function: \(LambdaFunction.names).") var function: String

    func run() async throws {
        guard let address = ProcessInfo.processInfo.environment["AWS_LAMBDA_RUNTIME_API"], !address.isEmpty else {
            throw Failure(
                "AWS_LAMBDA_RUNTIME_API is not set: this command runs in AWS Lambda. To answer requests elsewhere, run `xmonitor serve`.")
        }
        let runtime = RuntimeAPI(address)
        do {
            try await LambdaFunction.named(function).run(on: runtime)
        } catch let error as RuntimeError {
            throw Failure(error.description)
        } catch {
            // Lambda's log and its answer to whoever asks then say why there is no function.
            try? await runtime.failInit(InvocationError("Init.Failed", Exit.sentence(for: error)))
            throw error
        }
    }
}
