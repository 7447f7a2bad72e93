# shellcheck shell=bash
# A Postgres for one run of the tests or of a benchmark: in a temporary folder, on a socket only, stopped at the end.

# start_throwaway_postgres SETTING=VALUE…: sets `throwaway` (its folder) and `throwaway_url` (a superuser's address).
start_throwaway_postgres() {
    local programs
    programs=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
    [ -x "$programs/initdb" ] || programs=$(dirname "$(command -v initdb)")
    throwaway=$(mktemp -d /tmp/xmonitor-test.XXXXXX)
    throwaway_as=()
    if [ "$(id -u)" = 0 ]; then
        throwaway_as=(runuser -u postgres --)
        chown postgres "$throwaway"
    fi
    local settings=("-c listen_addresses=''" "-c unix_socket_directories='$throwaway'" "-c max_connections=400")
    for setting in "$@"; do settings+=("-c $setting"); done
    (
        cd /
        "${throwaway_as[@]}" "$programs/initdb" -D "$throwaway/data" -U xmonitor -E UTF8 --locale=C.UTF-8 --auth=trust --no-sync >/dev/null
        "${throwaway_as[@]}" "$programs/pg_ctl" -D "$throwaway/data" -l "$throwaway/log" -w -o "${settings[*]}" start >/dev/null
    ) || die "The throw-away Postgres did not start; see $throwaway/log."
    throwaway_programs=$programs
    # shellcheck disable=SC2034 # for the scripts that source this file
    throwaway_url="postgresql:///postgres?host=$throwaway&user=xmonitor"
}

stop_throwaway_postgres() {
    [ -n "${throwaway:-}" ] || return 0
    (cd / && "${throwaway_as[@]}" "$throwaway_programs/pg_ctl" -D "$throwaway/data" -m immediate -w stop >/dev/null 2>&1) || true
    rm -rf "$throwaway"
}
