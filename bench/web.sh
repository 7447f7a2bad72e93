# shellcheck shell=bash disable=SC2154 # the variables are those of bin/bench
# The feed page as Chromium itself measures it: paints, interactions and bytes, frames and memory of a long list. The server holds the sample, and
# runs on the same machine as the browser.

runs=5
[ "$what" = tiny ] && runs=1
need_packages chromium fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji python3-venv
need_python
if [ "$(psql -qXAt "$DATABASE_URL" -c 'SELECT count(*) FROM posts')" = 0 ]; then
    "$program" sample "$throwaway/sample.db" --posts "$posts" >/dev/null 2>&1
    "$program" snapshot import "$throwaway/sample.db" >/dev/null 2>&1 || [ $? = 1 ] # the sample holds rows to be rejected
    rm -f "$throwaway/sample.db"*
    psql -qX "$DATABASE_URL" -c 'VACUUM ANALYZE'
fi
.venv/bin/python bench/web.py --program "$program" --runs "$runs" "$DATABASE_URL"
