# shellcheck shell=bash disable=SC2154 # the variables are those of bin/bench
# The packaged program as Lambda runs it, in a root that holds the package alone: its start, and a page of the feed, beside `serve`.

[ "$(id -u)" = 0 ] || die "bin/bench lambda makes a root directory of its own, which only root may."
need_packages patchelf binutils
starts=20 requests=500
[ "$what" = tiny ] && starts=2 requests=5
if [ "$(psql -qXAt "$DATABASE_URL" -c 'SELECT count(*) FROM posts')" = 0 ]; then
    "$program" sample "$throwaway/sample.db" --posts "$posts" >/dev/null 2>&1
    "$program" snapshot import "$throwaway/sample.db" >/dev/null 2>&1 || [ $? = 1 ] # the sample holds rows to be rejected
    rm -f "$throwaway/sample.db"*
    psql -qX "$DATABASE_URL" -c 'VACUUM ANALYZE'
fi
# A package has certificates; these are nobody's.
openssl req -x509 -newkey rsa:2048 -nodes -keyout /dev/null -out "$throwaway/ca.pem" -days 1 -subj /CN=bench 2>/dev/null
bin/package --debug --program "$program" --certificates "$throwaway/ca.pem" --output "$throwaway/package" | tail -n 5
# The program runs as nobody, who has to reach the socket.
chmod 711 "$throwaway"
python3 bench/lambda.py --package "$throwaway/package/xmonitor.zip" --program "$program" --sockets "$throwaway" \
    --starts "$starts" --requests "$requests"
