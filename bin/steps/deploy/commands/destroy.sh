# shellcheck shell=bash
# `bin/deploy destroy`: all but the data; with --with-data NAME the data too, of which a snapshot of the database is left.

# empty_bucket: every version of every object.
empty_bucket() {
    local count
    while true; do
        ask s3api list-object-versions --bucket "$bucket" --max-items 500 --output json |
            jq '{Objects: [(.Versions // [])[], (.DeleteMarkers // [])[] | {Key, VersionId}], Quiet: true}' >"$scratch/versions.json"
        count=$(jq '.Objects | length' "$scratch/versions.json")
        [ "$count" != 0 ] || return 0
        ask s3api delete-objects --bucket "$bucket" --delete "file://$scratch/versions.json" --output json >"$scratch/deleted.json"
        jq -es 'map(.Errors // [] | length) | add // 0 | . == 0' "$scratch/deleted.json" >/dev/null ||
            die "Objects of $bucket cannot be deleted: $(jq -r '.Errors[0] | "\(.Key): \(.Message)"' "$scratch/deleted.json")"
    done
}

[ -z "$with_data" ] || [ "$with_data" = "$name" ] || die "--with-data has to say the name: --with-data $name. Nothing was done."
load_stack "$data_stack"
bucket=$(output "$data_stack" BucketName)
if [ -n "$with_data" ]; then
    confirm "This removes all of \"$name\" in account $account, $region: the functions, the database, every post and the bucket. Go on?"
else
    confirm "This removes functions, page and address of \"$name\" in account $account, $region. Database and bucket stay. Go on?"
fi

# The address holds on to the service that is behind it, so it goes first.
for stack in "$app_stack" "$service_stack" "$github_stack"; do
    say "Stack $stack"
    delete_stack "$stack"
done
if [ -z "$with_data" ]; then
    say "Kept: stack $data_stack with the database $(output "$data_stack" DatabaseInstanceId) and the bucket $bucket"
    exit 0
fi

say "Stack $data_stack"
settle "$data_stack"
if [ "$(stack_status "$data_stack")" != none ]; then
    settings+=(DatabaseDeletionProtection=false)
    change_stack "$data_stack" data "Name=$name"
    ask cloudformation update-termination-protection --stack-name "$data_stack" --no-enable-termination-protection >/dev/null
    # While the stack still says which bucket it is.
    empty_bucket
    delete_stack "$data_stack"
    # Whatever wrote to it meanwhile is gone as well.
    empty_bucket
    ask s3api delete-bucket --bucket "$bucket" >/dev/null
fi
rm -f "$state/$name.account"
say "Left: the last snapshot of the database, in \`aws rds describe-db-snapshots\`"
