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
    change_secrets --slurpfile added "$secrets_file" '. + $added[0] | with_entries(select(.value != null))'
}

# check_secrets: before anything is made, asks the program whether it takes what --secrets has; a function that finds anything else does not
# start. Neither a value nor a name that is none of a setting is shown: it may be a secret in the wrong place.
check_secrets() {
    local folder=$scratch/each key place=0 given=()
    [ -n "$secrets_file" ] || return 0
    [ -r "$secrets_file" ] || die "The file of secrets $secrets_file cannot be read."
    jq -e 'type == "object" and all(.[]; . == null or type == "string" and . != "")' "$secrets_file" >/dev/null 2>&1 ||
        die "The file of secrets $secrets_file has to hold one JSON object of texts, such as {\"XMONITOR_OIDC_CLIENT_SECRET\": \"…\"}."
    find_program
    mkdir -p "$folder"
    check_with >"$scratch/config.json"
    jq -r 'to_entries[] | select(.value != null) | .key | if test("^[A-Z][A-Z0-9_]*$") then . else "-" end' "$secrets_file" >"$scratch/keys"
    while read -r key; do
        place=$((place + 1))
        jq -e --arg key "$key" 'has($key)' "$scratch/config.json" >/dev/null ||
            die "Member $place of the file of secrets $secrets_file is named after no setting; \`xmonitor config\` lists them." \
                "Nothing was done."
        jq -e --arg key "$key" '.[$key].secret' "$scratch/config.json" >/dev/null ||
            die "$key in the file of secrets $secrets_file is no secret; --set has the parameters. Nothing was done."
        jq -j --arg key "$key" '.[$key]' "$secrets_file" >"$folder/$key"
        given+=("${key}_FILE=$folder/$key")
    done <"$scratch/keys"
    check_with ${given[@]+"${given[@]}"} >/dev/null
}

# check_with VARIABLE=VALUE…: all settings as JSON, where the program takes these. In a folder without a file of settings.
check_with() {
    (cd "$scratch/each" && env -i "PATH=$PATH" "LD_LIBRARY_PATH=${LD_LIBRARY_PATH:-}" "$@" "$program" config --json) \
        2>"$scratch/config.errors" ||
        die "The file of secrets $secrets_file will not do: $(sed 's/^xmonitor: //' "$scratch/config.errors") Nothing was done."
}

# change_secrets ARGUMENT…: of jq, which makes the new object of the old one. The bucket keeps the old one for a week.
change_secrets() {
    fetch "$(secrets_key)" "$scratch/secrets.json" || die "There are no secrets in the bucket; run \`bin/deploy apply\`."
    jq "$@" "$scratch/secrets.json" >"$scratch/secrets.new"
    if cmp -s "$scratch/secrets.json" "$scratch/secrets.new"; then return; fi
    put "$scratch/secrets.new" "$(secrets_key)"
    echo "  changed; the functions read them within five minutes"
}
