# shellcheck shell=bash disable=SC2016 # `$…` in quotes is jq's, or JMESPath's
# `bin/deploy drill`: whether a backup brings the archive back. The newest one is restored beside the database, the snapshot that was
# migrated last is validated on it, and all that was made for it is removed, whatever happens.

. bin/steps/deploy/remains.sh
copy=$name-drill

end_drill() {
    say "Removing what the drill made"
    remove_drill "$role"
}

is_available() {
    local status
    ask rds describe-db-instances --db-instance-identifier "$copy" --output json >"$scratch/copy.json"
    status=$(jq -r '.DBInstances[0].DBInstanceStatus' "$scratch/copy.json")
    case $status in
    available) ;;
    failed | incompatible-* | restore-error) die "The backup could not be restored: $copy is $status." ;;
    *) return 1 ;;
    esac
}

is_active() {
    local status
    status=$(ask lambda get-function-configuration --function-name "$copy" --query State --output text) || exit 2
    [ "$status" != Pending ]
}

# restore: the newest moment that can be restored, in the same network and as small.
restore() {
    local groups
    ask rds describe-db-instances --db-instance-identifier "$instance" --output json >"$scratch/original.json"
    of_original() { jq -r ".DBInstances[0].$1" "$scratch/original.json"; }
    read -r -a groups < <(of_original 'VpcSecurityGroups | map(.VpcSecurityGroupId) | join(" ")')
    ask rds restore-db-instance-to-point-in-time --source-db-instance-identifier "$instance" --target-db-instance-identifier "$copy" \
        --use-latest-restorable-time --db-instance-class "$(of_original DBInstanceClass)" \
        --db-subnet-group-name "$(of_original DBSubnetGroup.DBSubnetGroupName)" \
        --vpc-security-group-ids "${groups[@]}" --db-parameter-group-name "$(of_original 'DBParameterGroups[0].DBParameterGroupName')" \
        --enable-iam-database-authentication --no-publicly-accessible --no-multi-az --no-deletion-protection >/dev/null
    wait_until 5400 "The restoring of $copy" is_available
}

# make_function: the function admin once more, with the restored database in the place of the real one. Until the drill ends it may log in.
make_function() {
    local resource host partition
    resource=$(jq -r '.DBInstances[0].DbiResourceId' "$scratch/copy.json")
    host=$(jq -r '.DBInstances[0].Endpoint.Address' "$scratch/copy.json")
    partition=$(cut -d : -f 2 <<<"$caller")
    jq -n --arg resource "arn:$partition:rds-db:$region:$account:dbuser:$resource/xmonitor_owner" \
        '{Version: "2012-10-17", Statement: [{Effect: "Allow", Action: "rds-db:connect", Resource: $resource}]}' >"$scratch/policy.json"
    ask iam put-role-policy --role-name "$role" --policy-name "$copy" --policy-document "file://$scratch/policy.json" >/dev/null
    jq --arg name "$copy" --arg bucket "$bucket" --arg key "$(parameter "$app_stack" CodeKey)" \
        --arg old "$(output "$data_stack" DatabaseHost)" --arg new "$host" '
        {Runtime, Role, Handler, Timeout, MemorySize, Architectures, EphemeralStorage, LoggingConfig}
        + {FunctionName: $name, Code: {S3Bucket: $bucket, S3Key: $key}}
        + {VpcConfig: (.VpcConfig // {} | {SubnetIds, SecurityGroupIds}), Environment: {Variables: .Environment.Variables}}
        | .Environment.Variables.DATABASE_URL |= (split($old) | join($new))
        | with_entries(select(.value != null))' "$scratch/admin.json" >"$scratch/function.json"
    ask lambda create-function --cli-input-json "file://$scratch/function.json" >/dev/null
    wait_until 300 "The function $copy" is_active
}

check_deployed
bucket=$(output "$data_stack" BucketName)
instance=$(output "$data_stack" DatabaseInstanceId)
[ -n "$instance" ] ||
    die "The instance of the database is not known, so that its backup cannot be restored: --set ExistingDatabaseInstanceId=NAME names it."
migrated=$(ask s3api list-objects-v2 --bucket "$bucket" --prefix import/ --query 'sort_by(Contents || `[]`, &LastModified)[-1].Key' \
    --output text) || exit 2
[ "$migrated" != None ] || die "There is no snapshot in the bucket to validate with; \`bin/deploy migrate\` puts one there, for 30 days."
ask lambda get-function-configuration --function-name "$name-admin" --output json >"$scratch/admin.json"
role=$(jq -r '.Role | split("/")[-1]' "$scratch/admin.json")

at_end+=(end_drill)
# Something may be left of a drill that was killed.
end_drill
say "Restoring $instance as $copy; that takes a quarter of an hour or more"
restore
say "A function for it"
make_function
say "Validating $migrated on it"
admin_function=$copy
evidence=$state/$name/drill-$(now)
mkdir -p "$evidence"
for attempt in 1 2 3 4 5 6; do
    # A right that was just given takes some seconds to hold everywhere.
    [ "$attempt" = 1 ] || sleep 10
    task drill --snapshot "$migrated" -- snapshot validate SNAPSHOT --samples 3
    [ "$exit_code" = 2 ] || break
done
cp "$scratch/answer.json" "$evidence/validate.json"
[ "$exit_code" != 2 ] || must 'The validation on the restored database'
say "The evidence is in $evidence"
[ "$exit_code" = 0 ] || { printf 'xmonitor: The restored archive differs from the snapshot; the evidence says where.\n' >&2 && exit 1; }
