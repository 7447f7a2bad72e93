-- Store: stats.summary
SELECT (SELECT count(*) FROM posts), (SELECT count(*) FROM posts WHERE is_significant), (SELECT count(*) FROM reports),
       (SELECT count(*) FROM posts JOIN reports USING (status_id) WHERE is_significant),
       w.teammate, w.influencer, w.ecosystem, l.posts, l.percentiles
FROM (SELECT count(*) FILTER (WHERE tier = 'teammate') AS teammate,
             count(*) FILTER (WHERE tier = 'influencer') AS influencer,
             count(*) FILTER (WHERE tier = 'ecosystem') AS ecosystem FROM watch_accounts) AS w,
     (SELECT count(*) AS posts, percentile_disc(ARRAY[0.5, 0.9, 0.99]) WITHIN GROUP (ORDER BY latency) AS percentiles
      FROM (SELECT (extract(EPOCH FROM discovered_at) * 1000000)::BIGINT - posted AS latency
            FROM (SELECT discovered_at, posting_rank(status_id) AS posted FROM posts
                  WHERE discovered_at <= (now() + INTERVAL '600 seconds')
                  ORDER BY discovered_at DESC, status_id DESC LIMIT 10000) AS newest
            WHERE posted > (-9223372036854775808)::BIGINT) AS known) AS l
