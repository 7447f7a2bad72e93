-- Search folds upper and lower case in every language, whatever the locale of the database is: the C locale folds ASCII only. Handles are in
-- lower case already. A text of a few hundred letters is folded by ICU about as fast as ILIKE does it.
DROP INDEX posts_search;
CREATE INDEX posts_search ON posts USING gin (lower(body_text COLLATE "und-x-icu") gin_trgm_ops, author_handle gin_trgm_ops);
