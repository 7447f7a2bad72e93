-- Snapshot: snapshot.count.reports
SELECT count(*) FROM incoming_reports
