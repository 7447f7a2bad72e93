-- Store: erased.entries
SELECT status_id, erased_at, erased_by FROM erased_posts ORDER BY erased_at DESC, status_id
