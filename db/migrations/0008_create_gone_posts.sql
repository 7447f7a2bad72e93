CREATE TABLE gone_posts (
    status_id TEXT COLLATE "C" CONSTRAINT gone_posts_pkey PRIMARY KEY CONSTRAINT gone_posts_of_post REFERENCES posts (status_id) ON DELETE CASCADE,
    gone_at   TIMESTAMPTZ,
    told_at   TIMESTAMPTZ NOT NULL,
    told_by   BIGINT      NOT NULL
);
COMMENT ON TABLE gone_posts IS 'Posts of which a collector told whether X still has them; no row for a post of which none did.';
COMMENT ON COLUMN gone_posts.status_id IS 'The post.';
COMMENT ON COLUMN gone_posts.gone_at IS 'When it was found to be gone from X; NULL: it is there again.';
COMMENT ON COLUMN gone_posts.told_at IS 'When that was observed: last_seen_at of the newest observation that told it.';
COMMENT ON COLUMN gone_posts.told_by IS 'The batch that told it.';
