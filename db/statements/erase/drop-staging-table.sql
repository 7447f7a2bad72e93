-- Store: erase.drop-staging-table
DROP TABLE IF EXISTS incoming_posts
