CREATE TABLE erased_posts (
    status_id TEXT COLLATE "C" CONSTRAINT erased_posts_pkey PRIMARY KEY CONSTRAINT erased_posts_status_id_is_not_empty CHECK (status_id <> ''),
    erased_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    erased_by TEXT        NOT NULL
);
COMMENT ON TABLE erased_posts IS 'Posts that an operator erased for good: neither ingest nor an import takes them again. Nothing else is kept of them.';
COMMENT ON COLUMN erased_posts.status_id IS 'The post.';
COMMENT ON COLUMN erased_posts.erased_at IS 'Since when.';
COMMENT ON COLUMN erased_posts.erased_by IS 'Who said so.';

ALTER TABLE batches ADD COLUMN erased INTEGER;
COMMENT ON COLUMN batches.erased IS 'Items of erased posts, of which nothing was stored; NULL for imports and for batches of before.';
