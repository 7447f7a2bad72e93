-- Schema: schema.holds-archive
SELECT to_regclass('posts') IS NOT NULL
