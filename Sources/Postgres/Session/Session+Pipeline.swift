import CLibPQ

extension Session {
    /// One statement of a pipeline.
    struct Step {
        let name: String
        let sql: String
        let parameters: [Parameter]
    }

    /// Sends all steps at once and returns their results. Without an open transaction the server runs them as one:
    /// either all take effect or none. Source: Postgres documentation, "Pipeline Mode".
    func runPipeline(_ steps: [Step]) throws(PostgresError) -> [ResultSet] {
        do throws(PostgresError) { return try runPipelineOnce(steps) } catch {
            guard error.asksToPrepareAgain else { throw error }
            mistrustPrepared(after: error)
            guard condition == .ready else { throw error }
            return try runPipelineOnce(steps)
        }
    }

    private func runPipelineOnce(_ steps: [Step]) throws(PostgresError) -> [ResultSet] {
        if preparesStatements { try deallocateForgotten() }
        var evicted: [String] = []
        do throws(PostgresError) {
            let results = try inPipelineMode(steps, &evicted)
            try deallocate(evicted)
            return results
        } catch {
            if !evicted.isEmpty { prepared.forget() }
            throw error
        }
    }

    private func deallocate(_ names: [String]) throws(PostgresError) {
        do throws(PostgresError) {
            for name in names { try runScript("DEALLOCATE \(name)") }
        } catch {
            // Outside of a transaction the steps have taken effect, and may not run again.
            guard error.tellsOfSharedSession, condition == .ready else { throw error }
            mistrustPrepared(after: error)
        }
    }

    private func inPipelineMode(_ steps: [Step], _ evicted: inout [String]) throws(PostgresError) -> [ResultSet] {
        guard PQenterPipelineMode(try live()) == 1 else { throw libpqError(.protocolViolation) }
        do throws(PostgresError) {
            let names = try sendPipeline(steps)
            let results = try readPipeline(steps, names, &evicted)
            guard PQexitPipelineMode(try live()) == 1 else { throw libpqError(.protocolViolation) }
            return results
        } catch {
            // After an error all results have been read and the mode can be left; if not, the connection is lost.
            if connection.map({ PQexitPipelineMode($0) }) != 1 { close() }
            throw error
        }
    }

    /// Returns, for each step, the name it is prepared under by the way, or nil.
    private func sendPipeline(_ steps: [Step]) throws(PostgresError) -> [String?] {
        var names: [String?] = []
        var preparing: [String: String] = [:]
        for step in steps {
            statement = step.name
            try encoder.encode(step.parameters, statement: step.name)
            let key = "\(step.sql)\u{0}\(encoder.oids)"
            if !preparesStatements {
                try send(step.sql)
                names.append(nil)
            } else if let name = prepared.name(sql: step.sql, oids: encoder.oids) ?? preparing[key] {
                try send(prepared: name)
                names.append(nil)
            } else {
                let connection = try live()
                let name = prepared.newName()
                let sent = encoder.withArguments { PQsendPrepare(connection, name, step.sql, $0.count, $0.types) }
                guard sent == 1 else { throw libpqError(.protocolViolation) }
                try send(prepared: name)
                preparing[key] = name
                names.append(name)
            }
        }
        guard PQpipelineSync(try live()) == 1 else { throw libpqError(.protocolViolation) }
        try flush()
        return names
    }

    private func readPipeline(
        _ steps: [Step], _ names: [String?], _ evicted: inout [String]
    ) throws(PostgresError) -> [ResultSet] {
        var results: [ResultSet] = []
        var failed: (result: ResultSet, step: Step)?
        for (step, name) in zip(steps, names) {
            if let name {
                let result = try pipelineResult()
                if let result, result.isError { failed = failed ?? (result, step) }
                if result?.status == PGRES_COMMAND_OK {
                    try encoder.encode(step.parameters, statement: step.name)
                    if let old = prepared.insert(name, sql: step.sql, oids: encoder.oids) { evicted.append(old) }
                }
            }
            guard let result = try pipelineResult() else { continue }
            if result.isError { failed = failed ?? (result, step) }
            results.append(result)
        }
        while let result = try nextResult(), result.status != PGRES_PIPELINE_SYNC {}
        if let failed {
            statement = failed.step.name
            throw failure(failed.result, failed.step.parameters)
        }
        guard results.count == steps.count else { throw libpqError(.protocolViolation) }
        return results
    }

    /// The one result of a step, and the end mark that follows it.
    private func pipelineResult() throws(PostgresError) -> ResultSet? {
        let result = try nextResult()
        while try nextResult() != nil {}
        return result
    }
}
