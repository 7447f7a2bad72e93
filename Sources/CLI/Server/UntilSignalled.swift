import Logging
import ServiceLifecycle

/// Runs `service` until SIGINT or SIGTERM asks it to end, and gives it `limit` for that. A second signal is not heard here: it ends the
/// program (`Interrupts`).
///
/// - Returns: whether it came to its end. If not, what is left of it ends with the process.
/// - Throws: what the service throws.
func runUntilSignalled(_ service: any Service, endingWithin limit: Duration) async throws -> Bool {
    enum Event: Sendable {
        case signal, ended((any Error)?), late
    }
    var logger = Logger(label: "xmonitor")
    logger.logLevel = .error
    let group = ServiceGroup(configuration: .init(services: [.init(service: service)], logger: logger))
    let (events, report) = AsyncStream<Event>.makeStream()
    // Not taken back: what comes after the service, such as stopping a Postgres of its own, is in order too.
    Interrupts.shared.add { report.yield(.signal) }
    Task {
        do {
            try await group.run()
            report.yield(.ended(nil))
        } catch {
            report.yield(.ended(error))
        }
    }
    for await event in events {
        switch event {
        case .ended(let error?): throw error
        case .ended: return true
        case .late: return false
        case .signal:
            LogLine.stopping(within: limit)
            await group.triggerGracefulShutdown()
            Task {
                try await Task.sleep(for: limit)
                report.yield(.late)
            }
        }
    }
    return true
}
