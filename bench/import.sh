# shellcheck shell=bash disable=SC2154 # the variables are those of bin/bench
# Import into an empty archive, every-cell validation, and the same import again; seconds and peak memory of the program.
# Beside it what plain tools need for the same rows: SQLite to a file, and that file into a table without keys.

measure() { # measure LABEL COMMAND…: rejected rows are expected, so exit code 1 counts as done
    local label=$1
    shift
    command time -f '%e %M' -o "$throwaway/time" "$@" >"$throwaway/output" 2>"$throwaway/errors" || [ $? = 1 ] || {
        cat "$throwaway/errors"
        exit 2
    }
    tail -n 1 "$throwaway/time" | awk -v label="$label" -v posts="$posts" \
        '{ printf "%-34s %8.1f s %10d posts/s %8d MB\n", label, $1, posts / ($1 + 0.001), $2 / 1024 }'
}

snapshot=$throwaway/sample.db
measure "sample" "$program" sample "$snapshot" --posts "$posts"
measure "plain copy, SQLite to CSV" sqlite3 -csv "$snapshot" ".once '$throwaway/tweets.csv'" "SELECT * FROM tweets"
columns=$(sqlite3 "$snapshot" "SELECT group_concat(name || ' TEXT') FROM pragma_table_info('tweets')")
psql -qX "$DATABASE_URL" -c "CREATE UNLOGGED TABLE plain ($columns)"
measure "plain copy, CSV to Postgres" psql -qX "$DATABASE_URL" -c "\copy plain FROM '$throwaway/tweets.csv' WITH (FORMAT csv)"
psql -qX "$DATABASE_URL" -c "DROP TABLE plain"
rm -f "$throwaway/tweets.csv"
# pgloader moves the raw tables as they are: no rules, no merge, no history.
"$throwaway_programs/createdb" -h "$throwaway" -U xmonitor pgloader
cat >"$throwaway/pgloader.load" <<LOAD
LOAD DATABASE FROM sqlite://$snapshot INTO pgsql://xmonitor@unix:$throwaway:5432/pgloader
WITH create tables, no truncate, include no drop, workers = 2, concurrency = 1
EXCLUDING TABLE NAMES LIKE 'tweets_fts%';
LOAD
measure "pgloader, the raw tables" pgloader --quiet "$throwaway/pgloader.load"
measure "import into an empty archive" "$program" snapshot import "$snapshot"
measure "every-cell validation" "$program" snapshot validate "$snapshot"
archive="'posts', 'post_metrics_snapshots', 'watch_accounts', 'reports', 'pipeline_runs', 'embeddings', 'batches'"
written() { psql -qXAt "$DATABASE_URL" -c "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables WHERE relname IN ($archive)"; }
before=$(written)
measure "the same import again" "$program" snapshot import "$snapshot"
sleep 1 # the statistics of Postgres arrive within a second
printf '%-34s %8d\n' "row versions written by it" "$(($(written) - before))"
