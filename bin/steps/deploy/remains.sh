# shellcheck shell=bash
# What is removed beside the stacks: databases, and what a drill made. What is not there is well.

# gone CALL…: a call of the AWS CLI about something that need not be there, or is on its way out.
gone() {
    try "$@" >/dev/null && return
    grep -q -e NotFound -e NoSuchEntity -e NoSuchBucket -e InvalidDBInstanceState -e 'cannot be found' "$scratch/refusal" || refused "$1 $2"
}

# remove_database INSTANCE [SNAPSHOT]: leaves a last snapshot of that name, if it has one.
remove_database() {
    local last=(--skip-final-snapshot --delete-automated-backups)
    [ -z "${2:-}" ] || last=(--no-skip-final-snapshot --final-db-snapshot-identifier "$2")
    if try rds describe-db-instances --db-instance-identifier "$1" >/dev/null; then
        # One that is still being made cannot be removed yet.
        wait_until 3600 "The removal of $1" is_removed "$1" "${last[@]}"
    else
        grep -q NotFound "$scratch/refusal" || refused 'rds describe-db-instances'
    fi
}

# is_removed INSTANCE OPTION…
is_removed() {
    local instance=$1 status
    shift
    if ! status=$(try rds describe-db-instances --db-instance-identifier "$instance" --query 'DBInstances[0].DBInstanceStatus' \
        --output text); then
        grep -q NotFound "$scratch/refusal" && return
        refused 'rds describe-db-instances'
    fi
    # That it is not protected any more takes a moment to hold.
    [ "$status" = deleting ] || try rds delete-db-instance --db-instance-identifier "$instance" "$@" >/dev/null ||
        grep -q -e InvalidDBInstanceState -e NotFound -e 'delete protected' "$scratch/refusal" || refused 'rds delete-db-instance'
    return 1
}

# remove_drill ROLE: the database first, which costs money; what cannot be removed does not keep the rest. ROLE is that of the function
# admin, and empty when there is none.
remove_drill() {
    local copy=$name-drill left=''
    (remove_database "$copy") || left=", the database $copy, which costs money"
    (gone lambda delete-function --function-name "$copy") || left="$left, the function $copy"
    [ -z "$1" ] || (gone iam delete-role-policy --role-name "$1" --policy-name "$copy") || left="$left, the policy $copy of the role $1"
    [ -z "$left" ] || die "Still there: ${left#, }. Mend what is said above, and run \`bin/deploy $command\` again, or remove it in the" \
        "console."
}
