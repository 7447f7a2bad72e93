# shellcheck shell=bash
# `bin/deploy destroy`: all but the data; with --with-data NAME the data too, of which a snapshot of the database is left. What was broken
# off goes on with the next run: the stack, which knows the names of the database and the bucket, goes after them.
. bin/steps/deploy/remains.sh

# resource STACK NAME: what the stack made under that name; empty when it made nothing.
resource() {
    try cloudformation describe-stack-resource --stack-name "$1" --logical-resource-id "$2" \
        --query StackResourceDetail.PhysicalResourceId --output text && return
    grep -q 'does not exist' "$scratch/refusal" || refused 'cloudformation describe-stack-resource'
}

# empty_bucket BUCKET: every version of every object.
empty_bucket() {
    local count
    while try s3api list-object-versions --bucket "$1" --max-items 500 --output json >"$scratch/listed.json"; do
        # An empty bucket is answered with nothing.
        jq -n 'input? // {} | {Objects: [(.Versions // [])[], (.DeleteMarkers // [])[] | {Key, VersionId}], Quiet: true}' \
            "$scratch/listed.json" >"$scratch/versions.json"
        count=$(jq '.Objects | length' "$scratch/versions.json")
        [ "$count" != 0 ] || return 0
        ask s3api delete-objects --bucket "$1" --delete "file://$scratch/versions.json" --output json >"$scratch/deleted.json"
        jq -es 'map(.Errors // [] | length) | add // 0 | . == 0' "$scratch/deleted.json" >/dev/null ||
            die "Objects of $1 cannot be deleted: $(jq -r '.Errors[0] | "\(.Key): \(.Message)"' "$scratch/deleted.json")"
    done
    grep -q NoSuchBucket "$scratch/refusal" || refused 's3api list-object-versions'
}

[ -z "$with_data" ] || [ "$with_data" = "$name" ] || die "--with-data has to say the name: --with-data $name. Nothing was done."
load_stack "$data_stack"
bucket=$(resource "$data_stack" Bucket)
database=$(resource "$data_stack" Database)
if [ -n "$with_data" ]; then
    confirm "This removes all of \"$name\" in account $account, $region: the functions, the database, every post and the bucket. Go on?"
else
    confirm "This removes functions, page and address of \"$name\" in account $account, $region. Database and bucket stay. Go on?"
fi

say "What a drill may have left"
remove_drill "$(resource "$app_stack" AdminRole)"
# The address holds on to the service that is behind it, so it goes first.
for stack in "$app_stack" "$service_stack" "$github_stack"; do
    say "Stack $stack"
    delete_stack "$stack"
done
if [ -z "$with_data" ]; then
    say "Kept: stack $data_stack with the database $(output "$data_stack" DatabaseInstanceId) and the bucket $bucket"
    exit 0
fi

if [ -n "$database" ]; then
    say "The database $database, of which a snapshot is left"
    gone rds modify-db-instance --db-instance-identifier "$database" --no-deletion-protection --apply-immediately
    remove_database "$database" "$database-final-$(now)"
fi
if [ -n "$bucket" ]; then
    say "The bucket $bucket"
    empty_bucket "$bucket"
    gone s3api delete-bucket --bucket "$bucket"
fi
say "Stack $data_stack"
settle "$data_stack"
[ "$(stack_status "$data_stack")" = none ] ||
    ask cloudformation update-termination-protection --stack-name "$data_stack" --no-enable-termination-protection >/dev/null
delete_stack "$data_stack"
rm -f "$state/$name.account"
[ -z "$database" ] || say "Left: the last snapshot of the database, in \`aws rds describe-db-snapshots\`"
