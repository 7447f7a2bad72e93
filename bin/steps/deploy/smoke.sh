# shellcheck shell=bash
# Whether readers reach it: `xmonitor smoke` on the public address.

# find_program: sets `program`, which runs here.
find_program() {
    local one
    for one in "$program" .build/release/xmonitor .build/debug/xmonitor "$(command -v xmonitor || true)"; do
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
    # What is new reaches the edge within a minute or two.
    wait_until 300 "An answer of $address as it has to be" is_served "$address"
    cat "$scratch/smoke"
}

is_served() {
    local setting=()
    [ ! -s "$scratch/smoke.key" ] || setting=("XMONITOR_SMOKE_KEY_FILE=$scratch/smoke.key")
    env ${setting[@]+"${setting[@]}"} "$program" smoke "$1" >"$scratch/smoke" 2>&1 || { sed 's/^/  /' "$scratch/smoke" && return 1; }
}

# end_smoke_key: it would end by itself within the hour.
end_smoke_key() {
    local prefix
    [ -s "$scratch/smoke.key" ] || return 0
    prefix=$(head -c 8 "$scratch/smoke.key")
    rm -f "$scratch/smoke.key"
    task smoke-key-end -- keys revoke "$prefix"
}
