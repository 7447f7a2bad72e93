# shellcheck shell=bash
# `bin/deploy migrate SNAPSHOT`: the collector's history, from a file that `xmonitor snapshot take` made.

# step NAME COMMAND…: a task on the snapshot, whose answer and files are kept as evidence.
step() {
    local step=$1
    shift
    say "$(tr '[:lower:]' '[:upper:]' <<<"${step:0:1}")${step:1}"
    task "$step-${hash:0:12}" --snapshot "$uploaded" -- "$@"
    cp "$scratch/answer.json" "$evidence/$step.json"
    ask s3 cp --only-show-errors --recursive "s3://$bucket/results/$task_id/" "$evidence/$step/"
    sed 's/^/  /' "$task_output"
    [ "$exit_code" -le 1 ] || die "\`xmonitor $*\` failed: $(cat "$task_errors") The evidence is in $evidence."
}

snapshot=$(path_of "${words[0]}")
[ -r "$snapshot" ] || die "The snapshot $snapshot cannot be read."
manifest=$snapshot.manifest.json
[ -r "$manifest" ] || die "The manifest $manifest is not there: take the snapshot with \`xmonitor snapshot take\`, which writes it."
hash=$(jq -r '.sha256 // empty' "$manifest" 2>/dev/null) || die "The manifest $manifest is no JSON; take the snapshot again."
[ "$(sha256 "$snapshot")" = "$hash" ] || die "The snapshot $snapshot is not the one of its manifest: the hashes differ. Take it again."
check_deployed
bucket=$(output "$data_stack" BucketName)

uploaded=import/$hash.db
evidence=$state/$name/migrate-$(now)-${hash:0:12}
mkdir -p "$evidence"
cp "$manifest" "$evidence/manifest.json"

say "Upload"
upload "$snapshot" "$uploaded"

step inspect snapshot inspect SNAPSHOT
[ "$exit_code" = 0 ] || confirm "Not everything would be imported; what and why stands above. Import all the same?"

if [ -n "$label" ]; then set -- --label "$label"; else set --; fi
step import snapshot import SNAPSHOT "$@"

step validate snapshot validate SNAPSHOT --samples 3
say "The evidence is in $evidence"
[ "$exit_code" = 0 ] || { printf 'xmonitor: The archive differs from the snapshot; the report says where.\n' >&2 && exit 1; }
