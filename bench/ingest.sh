# shellcheck shell=bash disable=SC2154 # the variables are those of bin/bench
# Ingest into an archive that holds POSTS posts: new rows and replays of them in batches of 200 from 4 clients, then one post at a time.
# Beside it what psql reaches with the same rows, set-based, into the same tables with the same indexes: the limit.

if [ "$(psql -qXAt "$DATABASE_URL" -c 'SELECT count(*) FROM posts')" = 0 ]; then
    "$program" sample "$throwaway/sample.db" --posts "$posts" >/dev/null 2>&1
    "$program" snapshot import "$throwaway/sample.db" >/dev/null 2>&1 || [ $? = 1 ]
fi
psql -qX "$DATABASE_URL" -c 'VACUUM ANALYZE' # or autovacuum would do it beside whatever comes first
rows=48000
[ "$what" = tiny ] && rows=1600
"$program" sample "$throwaway/news.db" --posts $((rows + rows / 8)) --seed 2 >/dev/null 2>&1

XMONITOR_PORT=0 XMONITOR_API_KEY=bench XMONITOR_PREPARED_STATEMENTS=true "$program" serve >"$throwaway/ingest-address" 2>"$throwaway/server.log" &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; stop_throwaway_postgres' EXIT
until grep -qs http "$throwaway/ingest-address"; do
    kill -0 "$server" 2>/dev/null || die "The server did not start: $(tail -n 3 "$throwaway/server.log")"
    sleep 0.05
done
address=$(grep -o 'http://[^ ]*[0-9]' "$throwaway/ingest-address" | head -n 1)

python3 bench/ingest.py --address "$address" --key bench --material "$throwaway/news.db" --rows "$rows" --database "$DATABASE_URL" \
    --server "$server" --postmaster "$(head -n 1 "$throwaway/data/postmaster.pid")"

kill "$server" && wait "$server" || true
trap stop_throwaway_postgres EXIT
