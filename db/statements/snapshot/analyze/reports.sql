-- Snapshot: snapshot.analyze.reports
ANALYZE incoming_reports
