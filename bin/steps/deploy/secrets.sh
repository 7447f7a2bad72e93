# shellcheck shell=bash disable=SC2016 # `$…` in quotes is jq's
# The secrets of the functions: one JSON object in the bucket, which they read at their start and every few minutes. Here it is only ever in
# files of the scratch folder, never in an argument or in the environment.

secrets_key() { printf 'secrets/%s.json\n' "$name"; }

# random_key: 32 bytes as 64 digits.
random_key() { od -An -v -tx1 -N32 /dev/urandom | tr -d ' \n'; }

# ensure_secrets: makes the file once, with random keys, and adds what --secrets has.
ensure_secrets() {
    local file=$scratch/secrets.json
    if ! is_in_bucket "$(secrets_key)"; then
        random_key >"$scratch/session"
        random_key >"$scratch/cursor"
        jq -n --rawfile session "$scratch/session" --rawfile cursor "$scratch/cursor" \
            '{XMONITOR_SESSION_KEYS: $session, XMONITOR_CURSOR_KEY: $cursor}' >"$file"
        # Of two runs at once one makes it; the other finds it at its next start.
        put "$file" "$(secrets_key)" --if-none-match '*'
        echo "  made, with random keys"
    fi
    [ -n "$secrets_file" ] || return 0
    [ -r "$secrets_file" ] || die "The file of secrets $secrets_file cannot be read."
    jq -e 'type == "object" and all(.[]; type == "string" and . != "")' "$secrets_file" >/dev/null 2>&1 ||
        die "The file of secrets $secrets_file has to hold one JSON object of texts, such as {\"XMONITOR_OIDC_CLIENT_SECRET\": \"…\"}."
    change_secrets --slurpfile added "$secrets_file" '. + $added[0]'
}

# change_secrets ARGUMENT…: of jq, which makes the new object of the old one. The bucket keeps the old one for a week.
change_secrets() {
    fetch "$(secrets_key)" "$scratch/secrets.json" || die "There are no secrets in the bucket; run \`bin/deploy apply\`."
    jq "$@" "$scratch/secrets.json" >"$scratch/secrets.new"
    if cmp -s "$scratch/secrets.json" "$scratch/secrets.new"; then return; fi
    put "$scratch/secrets.new" "$(secrets_key)"
    echo "  changed; the functions read them within five minutes"
}
