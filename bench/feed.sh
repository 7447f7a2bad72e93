# shellcheck shell=bash disable=SC2154 # the variables are those of bin/bench
# Requests per second of the newest page, uncached, beside pgbench on the same SQL: the limit for an uncached answer.

if [ "$(psql -qXAt "$DATABASE_URL" -c 'SELECT count(*) FROM posts')" = 0 ]; then
    "$program" sample "$throwaway/sample.db" --posts "$posts" >/dev/null 2>&1
    "$program" snapshot import "$throwaway/sample.db" >/dev/null 2>&1 || [ $? = 1 ]
fi
seconds=10
[ "$what" = tiny ] && seconds=1

XMONITOR_PORT=0 XMONITOR_PREPARED_STATEMENTS=true "$program" serve >"$throwaway/address" 2>/dev/null &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; stop_throwaway_postgres' EXIT
until grep -qs http "$throwaway/address"; do sleep 0.05; done
address=$(grep -o 'http://[^ ]*[0-9]' "$throwaway/address" | head -n 1)

cat >"$throwaway/feed.sql" <<'SQL'
SELECT p.status_id, p.discovered_at, p.author_handle, p.author_display, p.watch_tier, p.body_text, p.url, p.is_significant,
       p.significance_reason, p.likes, p.reposts, p.replies, p.views, r.reported_at
FROM posts AS p LEFT JOIN reports AS r USING (status_id)
ORDER BY p.discovered_at DESC, p.status_id DESC LIMIT 51;
SQL
limit=$("$throwaway_programs/pgbench" -n -M prepared -c 8 -j 2 -T "$seconds" -f "$throwaway/feed.sql" -h "$throwaway" -U xmonitor bench |
    awk '/^tps/ { printf "%d", $3 }')
ours=$(wrk -t 2 -c 8 -d "${seconds}s" "$address/v1/feed?limit=50" | awk '/^Requests\/sec/ { printf "%d", $2 }')
memory=$(awk '/VmRSS/ { printf "%d", $2 / 1024 }' "/proc/$server/status")
awk -v ours="$ours" -v limit="$limit" -v memory="$memory" 'BEGIN {
    printf "GET /v1/feed?limit=50, 8 clients   %8d /s, pgbench %d /s, ratio %.2f; server memory %d MB\n", ours, limit, ours / limit, memory }'

# The same page for readers who have it (304, while nothing is written), and compressed; the bare HTTP of /health/live is the limit.
rate() { wrk -t 2 -c 8 -d "${seconds}s" "$@" | awk '/^Requests\/sec/ { printf "%d", $2 }'; }
tag=$(curl -sI "$address/v1/feed?limit=50" | tr -d '\r' | awk 'tolower($1) == "etag:" { print $2 }')
printf 'the same, revalidated   %8d /s; compressed %d /s; /health/live %d /s\n' \
    "$(rate -H "If-None-Match: $tag" "$address/v1/feed?limit=50")" "$(rate -H 'Accept-Encoding: gzip' "$address/v1/feed?limit=50")" \
    "$(rate "$address/health/live")"
