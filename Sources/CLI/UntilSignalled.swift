import Logging
import ServiceLifecycle
import UnixSignals

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
    let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
    Task {
        for await _ in signals { report.yield(.signal) }
    }
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
            await group.triggerGracefulShutdown()
            Task {
                try await Task.sleep(for: limit)
                report.yield(.late)
            }
        }
    }
    return true
}
