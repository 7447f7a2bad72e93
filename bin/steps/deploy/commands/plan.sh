# shellcheck shell=bash
# `bin/deploy plan`: looks, and makes nothing that stays.

# plan_stack STACK TEMPLATE KEY=VALUE…
plan_stack() {
    make_change_set "$@"
    if [ -z "$change_set" ]; then echo "  nothing changes" && return; fi
    show_changes
    drop_change_set "$1" "$change_set"
}

# show_costs: the price table, with what is added by parameters that the stacks have or get.
show_costs() {
    local chosen=()
    case $(new_value "$data_stack" DatabaseMultiAz) in true) chosen+=(DatabaseMultiAz) ;; esac
    case $(new_value "$app_stack" ServiceVpcOriginId) in vo_*) chosen+=(service) ;; esac
    jq -r '
        def money: . * 100 | round / 100 | tostring | if contains(".") then (. + "0")[:index(".") + 3] else . + ".00" end;
        def total: map(.price * .amount) | add;
        def lines: .[] | "  \(.price * .amount | money | (" " * (7 - length)) + .)  \(.item)";
        . as $table | ["default", $ARGS.positional[]] as $chosen
        | "Prices of \(.as_of) in \(.region), \(.currency) a month",
          ($chosen[] as $part | if $part == "default" then .default else .options[$part] end | lines),
          "  \([$chosen[] as $part | if $part == "default" then .default else .options[$part] end | total] | add | money) together",
          (.options | keys_unsorted[] | select(IN($chosen[]) | not) as $part
            | "  and \($table.options[$part] | total | money) for \($part)")
        ' infra/prices.json --args ${chosen[@]+"${chosen[@]}"}
}

# new_value STACK KEY: what --set says, or what the stack has.
new_value() {
    local setting found
    found=$(parameter "$1" "$2")
    for setting in ${settings[@]+"${settings[@]}"}; do [ "${setting%%=*}" != "$2" ] || found=${setting#*=}; done
    printf '%s' "$found"
}

# at_most WHAT FOUND LIMIT: a limit of the account, beside what counts towards it.
at_most() { printf '  %-44s %s\n' "$1" "${2:-not known} of ${3:-not known}" | sed 's/\.0$//'; }

check_stacks
check_rights
say "Stack $data_stack"
plan_stack "$data_stack" data "Name=$name" DatabaseDeletionProtection=true

say "Stack $app_stack"
case $(stack_status "$data_stack") in
none | REVIEW_IN_PROGRESS)
    # What it is given comes from the other stack, so that AWS cannot examine it yet.
    resources_of app
    ;;
*)
    values=("Name=$name")
    while read -r value; do values+=("$value"); done < <(outputs_for "$data_stack" app)
    [ -n "$package" ] || ! [ -r .build/package/xmonitor.zip ] || package=.build/package
    if [ -n "$package" ]; then
        values+=("CodeKey=code/$(sha256 "$package/xmonitor.zip").zip")
    elif [ "$(stack_status "$app_stack")" = none ]; then
        values+=("CodeKey=code/$(printf '0%.0s' {1..64}).zip")
    fi
    plan_stack "$app_stack" app "${values[@]}"
    ;;
esac

say "Costs"
show_costs

say "Limits of account $account in $region"
at_most 'Instances of functions at once' 3 \
    "$(try lambda get-account-settings --query AccountLimit.ConcurrentExecutions --output text || true)"
at_most 'Networks (VPC)' "$(try ec2 describe-vpcs --query 'length(Vpcs)' --output text || true)" \
    "$(try service-quotas get-service-quota --service-code vpc --quota-code L-F678F1CE --query Quota.Value --output text || true)"
at_most 'Database servers (RDS)' "$(try rds describe-db-instances --query 'length(DBInstances)' --output text || true)" \
    "$(try rds describe-account-attributes --query "AccountQuotas[?AccountQuotaName=='DBInstances'].Max | [0]" --output text || true)"
