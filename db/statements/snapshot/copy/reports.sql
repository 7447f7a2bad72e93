-- Snapshot: snapshot.copy.reports
COPY incoming_reports (row_number, status_id, reported_at, channel, summary, destination, observed_at) FROM STDIN (FORMAT binary)
