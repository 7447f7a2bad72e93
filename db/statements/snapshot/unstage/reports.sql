-- Snapshot: snapshot.unstage.reports
DROP TABLE IF EXISTS incoming_reports
