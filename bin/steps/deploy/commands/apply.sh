# shellcheck shell=bash
# `bin/deploy apply`: from any state to the present one.

# protect_stack STACK: against being deleted by mistake.
protect_stack() {
    [ "$(jq -r '.Stacks[0].EnableTerminationProtection // false' "$scratch/$1.json")" = true ] ||
        ask cloudformation update-termination-protection --stack-name "$1" --enable-termination-protection >/dev/null
}

# change_app KEY=VALUE…
change_app() {
    local values=("Name=$name" "$@") value
    while read -r value; do values+=("$value"); done < <(outputs_for "$data_stack" app)
    change_stack "$app_stack" app "${values[@]}"
}

# bootstrap: the database and its roles, once for each server. It needs the administrator, whom a deployment by CI does not know.
bootstrap() {
    local mark secret
    mark=code/bootstrapped/$(output "$data_stack" DatabaseResourceId)
    if is_in_bucket "$mark"; then return; fi
    secret=$(output "$data_stack" DatabaseSecretArn)
    [ -n "$secret" ] || die "The secret of the database's administrator is not known: name it with --set ExistingDatabaseSecretArn=ARN."
    # Kept in a file of the scratch folder; it goes to the function in the task, and to nothing else.
    ask secretsmanager get-secret-value --secret-id "$secret" --query SecretString --output text >"$scratch/administrator.json"
    task bootstrap --administrator "$scratch/administrator.json" -- database bootstrap --database "$(output "$data_stack" DatabaseName)"
    rm -f "$scratch/administrator.json"
    must 'The bootstrap of the database'
    sed 's/^/  /' "$task_output"
    : >"$scratch/empty"
    put "$scratch/empty" "$mark"
}

check_stacks
check_rights
[ -z "$package" ] || find_program # else it is built here

say "Package"
make_package
check_secrets

say "Stack $data_stack"
# CloudFormation undoes a first creation that fails, and could not with a protected database. So that is protected as soon as it is there.
case $(stack_status "$data_stack") in
none | REVIEW_IN_PROGRESS) change_stack "$data_stack" data "Name=$name" DatabaseDeletionProtection=false ;;
esac
change_stack "$data_stack" data "Name=$name" DatabaseDeletionProtection=true
protect_stack "$data_stack"
remember_account
bucket=$(output "$data_stack" BucketName)

say "Code"
upload "$package/xmonitor.zip" "code/$code.zip"
upload "$package/site.zip" "site/$site.zip"

say "Secrets"
ensure_secrets

say "Stack $app_stack"
change_app "CodeKey=code/$code.zip"
# The address of the downloads is known when the functions are there, and goes into what stands before them.
export_host=$(output "$app_stack" ExportUrl | sed 's|^https://||; s|/.*||')
[ "$(parameter "$app_stack" ExportDomain)" = "$export_host" ] || change_app "CodeKey=code/$code.zip" "ExportDomain=$export_host"

say "Database"
bootstrap
task schema-apply -- schema apply
must 'The schema'
sed 's/^/  /' "$task_output"
task schema-grant -- schema grant --api xmonitor_api
must 'What the server may do'

say "Site"
deploy_site "$package/site.zip" "$site"

say "Asking $(output "$app_stack" PublicUrl)"
smoke
record_deployment "$code" "$site"
say "XMonitor is at $(output "$app_stack" PublicUrl)"
