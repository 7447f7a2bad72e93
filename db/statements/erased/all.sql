-- Store: erased.all
SELECT status_id FROM erased_posts
