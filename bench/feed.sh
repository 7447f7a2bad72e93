# shellcheck shell=bash disable=SC2154 # the variables are those of bin/bench
# The feed as 8 readers ask for it at once, beside pgbench with the same SQL: the limit for an answer that is made anew. Without POSTS, at
# 10,000, 100,000 and 1,000,000 posts; 10,000,000 take some 20 minutes and 30 GB.

seconds=10
sizes=$posts
case $what in
tiny) seconds=1 ;;
feed) sizes=${2:-10000 100000 1000000} ;;
esac
databases=()
for size in $sizes; do
    DATABASE_URL="postgresql:///feed$size?host=$throwaway&user=xmonitor"
    "$throwaway_programs/createdb" -h "$throwaway" -U xmonitor "feed$size"
    "$program" schema apply >/dev/null
    "$program" sample "$throwaway/feed.db" --posts "$size" >/dev/null 2>&1
    "$program" snapshot import "$throwaway/feed.db" >/dev/null 2>&1 || [ $? = 1 ] # the sample holds rows to be rejected
    rm -f "$throwaway/feed.db"*
    psql -qX "$DATABASE_URL" -c 'VACUUM ANALYZE'
    databases+=("$DATABASE_URL")
done
python3 bench/feed.py --program "$program" --pgbench "$throwaway_programs/pgbench" --seconds "$seconds" "${databases[@]}"
