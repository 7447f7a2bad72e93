-- When the value of one column of a post was observed: at last_seen_at, unless observed_at says that it is older.
-- A column that no observation has carried is older than everything.
CREATE FUNCTION observation_time(observed_at JSONB, column_name TEXT, last_seen_at TIMESTAMPTZ) RETURNS TIMESTAMPTZ
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN observed_at ? column_name THEN coalesce((observed_at ->> column_name)::TIMESTAMPTZ, '-infinity')
        ELSE last_seen_at
    END
$$;

-- The observed_at of two merged rows: a column stays in it when the newer row did not carry it at its last_seen_at and the
-- other row does not know it from that same moment.
CREATE FUNCTION merged_observed_at(
    one JSONB, one_seen_at TIMESTAMPTZ, other JSONB, other_seen_at TIMESTAMPTZ) RETURNS JSONB
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_object_agg(
        column_name,
        CASE WHEN isfinite(observed) THEN to_char(observed AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') END)
    FROM (
        SELECT column_name, greatest(
            observation_time(one, column_name, one_seen_at),
            observation_time(other, column_name, other_seen_at)) AS observed
        FROM jsonb_object_keys(CASE WHEN one_seen_at >= other_seen_at THEN one ELSE other END) AS column_name) AS columns
    WHERE observed < greatest(one_seen_at, other_seen_at)
$$;
