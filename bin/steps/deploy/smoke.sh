# shellcheck shell=bash
# Whether readers reach it: `xmonitor smoke` on the public address.

# find_program: sets `program`, which runs here.
find_program() {
    local one
    for one in "$program" "$root/.build/release/xmonitor" "$root/.build/debug/xmonitor" "$(command -v xmonitor || true)"; do
        if [ -n "$one" ] && "$one" version >/dev/null 2>&1; then
            program=$one
            return
        fi
    done
    die "There is no xmonitor on this machine to ask the public address with; name one with --program."
}

# smoke: with a key for reading that is made for it and ended afterwards, where reading needs one.
smoke() {
    local address
    address=$(output "$app_stack" PublicUrl)
    find_program
    if [ "$(parameter "$app_stack" ReadAccess)" != public ]; then
        task smoke-key -- keys create --name 'bin/deploy' --scopes read --expires 1h
        must 'Making a key for reading'
        (tr -d '\n' <"$task_output") >"$scratch/smoke.key"
        at_end+=(end_smoke_key)
    fi
    asked_since=$(date +%s) failed_looks=0 failed_starts=0
    # What is new reaches the edge within a minute or two.
    wait_until 300 "An answer of $address as it has to be" is_served "$address"
    cat "$scratch/smoke"
}

is_served() {
    local setting=()
    [ ! -s "$scratch/smoke.key" ] || setting=("XMONITOR_SMOKE_KEY_FILE=$scratch/smoke.key")
    env ${setting[@]+"${setting[@]}"} "$program" smoke "$1" >"$scratch/smoke" 2>&1 && return
    sed 's/^/  /' "$scratch/smoke"
    failed_looks=$((failed_looks + 1))
    # One failure is usual: what is new is on its way.
    [ "$failed_looks" = 1 ] || say_why
    return 1
}

# say_why: what the functions have complained of meanwhile. One that does not start does not get well by waiting.
say_why() {
    local function log starts=''
    for function in api auth; do
        log=/aws/lambda/$name-$function
        if ! try logs filter-log-events --log-group-name "$log" --start-time "${asked_since}000" --filter-pattern '?"xmonitor: " ?error' \
            --max-items 100 --query 'events[].message' --output json >"$scratch/log.json"; then
            echo "  why may stand in the log $log, which could not be read"
            continue
        fi
        # The sentence with which a program ends, and lines of its log about errors.
        jq -r '[.[] | rtrimstr("\n") | if startswith("xmonitor: ") then . else (fromjson? | objects | select(.level == "error")
            | [.message, .cause] | map(select(. != null)) | join(": ")) end] | unique | .[-5:][]' "$scratch/log.json" >"$scratch/log"
        sed "s|^|  $log: |" "$scratch/log"
        starts=$starts$(sed -n "s|^xmonitor: |The function $name-$function does not start: |p" "$scratch/log" | head -n 1)
    done
    [ -z "$starts" ] || failed_starts=$((failed_starts + 1))
    # Twice, in case it was the program of before.
    [ "$failed_starts" -lt 2 ] || die "$starts"
}

# end_smoke_key: it would end by itself within the hour.
end_smoke_key() {
    local prefix
    [ -s "$scratch/smoke.key" ] || return 0
    prefix=$(head -c 8 "$scratch/smoke.key")
    rm -f "$scratch/smoke.key"
    task smoke-key-end -- keys revoke "$prefix"
}
