# shellcheck shell=bash disable=SC2154 # the variables are those of bin/bench
# Every post as CSV and as JSON Lines, over HTTP, beside psql's \copy of the same query: the limit. And how far the server's memory rises.

if [ "$(psql -qXAt "$DATABASE_URL" -c 'SELECT count(*) FROM posts')" = 0 ]; then
    "$program" sample "$throwaway/sample.db" --posts "$posts" >/dev/null 2>&1
    "$program" snapshot import "$throwaway/sample.db" >/dev/null 2>&1 || [ $? = 1 ]
    psql -qX "$DATABASE_URL" -c 'VACUUM ANALYZE'
fi

XMONITOR_PORT=0 "$program" serve >"$throwaway/export-address" 2>/dev/null &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; stop_throwaway_postgres' EXIT
until grep -qs http "$throwaway/export-address"; do
    kill -0 "$server" 2>/dev/null || die "The server did not start."
    sleep 0.05
done
address=$(grep -o 'http://[^ ]*[0-9]' "$throwaway/export-address" | head -n 1)
rows=$(psql -qXAt "$DATABASE_URL" -c 'SELECT count(*) FROM posts')

query="SELECT p.status_id, p.discovered_at, p.author_handle, p.author_display, p.watch_tier, p.body_text, p.url, p.is_significant,
    p.significance_reason, p.likes, p.reposts, p.replies, p.views, r.reported_at, p.source_query, p.views_velocity, p.likes_velocity
    FROM posts AS p LEFT JOIN reports AS r USING (status_id) ORDER BY p.discovered_at DESC, p.status_id DESC"
copy() { psql -qX "$DATABASE_URL" -c "\\copy (${query//$'\n'/ }) TO '/dev/null' WITH (FORMAT csv)"; }
download() { curl -fsS "$address/v1/feed.$1" -o /dev/null; }
# best COMMAND…: the seconds of the quicker of two runs.
best() {
    local start least=
    for _ in 1 2; do
        start=$(date +%s%N)
        "$@"
        least=$(awk -v least="$least" -v taken=$(($(date +%s%N) - start)) 'BEGIN { print (least == "" || taken < least) ? taken : least }')
    done
    awk -v least="$least" 'BEGIN { print least / 1e9 }'
}

curl -fsS "$address/v1/feed" -o /dev/null
before=$(awk '/VmRSS/ { print $2 }' "/proc/$server/status")
limit=$(best copy)
for format in csv ndjson; do
    ours=$(best download "$format")
    most=$(awk '/VmHWM/ { print $2 }' "/proc/$server/status")
    awk -v ours="$ours" -v limit="$limit" -v rows="$rows" -v format="$format" -v more=$(((most - before) / 1024)) 'BEGIN {
        printf "GET /v1/feed.%-6s %10d posts  %8d /s, psql \\copy %d /s, ratio %.2f; server memory +%d MB\n",
            format, rows, rows / ours, rows / limit, limit / ours, more }'
done

kill "$server" && wait "$server" || true
trap stop_throwaway_postgres EXIT
