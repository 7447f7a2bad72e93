# shellcheck shell=bash disable=SC2154 # the variables are those of bin/bench
# What other readers notice of a flood by one key, of slow connections and of many keys, beside the same without.

DATABASE_URL="postgresql:///access?host=$throwaway&user=xmonitor"
"$throwaway_programs/createdb" -h "$throwaway" -U xmonitor access
"$program" schema apply >/dev/null
"$program" sample "$throwaway/access.db" --posts "$posts" >/dev/null 2>&1
"$program" snapshot import "$throwaway/access.db" >/dev/null 2>&1 || [ $? = 1 ] # the sample holds rows to be rejected
psql -qX "$DATABASE_URL" -c 'VACUUM ANALYZE'
seconds=10 keys=10000 connections=1000
[ "$what" = tiny ] && seconds=1 keys=100 connections=50
python3 bench/access.py --program "$program" --database "$DATABASE_URL" --seconds "$seconds" --keys "$keys" --connections "$connections"
