# shellcheck shell=bash
# What has to be so before anything is made.

check_tools() {
    local tool absent=''
    for tool in aws jq curl; do command -v "$tool" >/dev/null || absent="$absent $tool"; done
    [ -z "$absent" ] || die "These tools are needed and not there:$absent."
}

# check_cli: change sets that look at the resources themselves (`plan`) came with these versions; nothing here needs newer ones.
check_cli() {
    local version least part
    version=$(aws --version 2>&1) || die "The AWS CLI does not run: $version"
    version=${version#aws-cli/} version=${version%%[^0-9.]*}
    case $version in 1.*) least=1.42.76 ;; *) least=2.31.39 ;; esac
    for part in 1 2 3; do
        [ "$(cut -d . -f $part <<<"$version.0.0")" -le "$(cut -d . -f $part <<<"$least")" ] || return 0
        [ "$(cut -d . -f $part <<<"$version.0.0")" -ge "$(cut -d . -f $part <<<"$least")" ] ||
            die "The AWS CLI here is version $version, and $least or newer is needed. Update it as you installed it, or as" \
                "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html says. Nothing was done."
    done
}

check_name() {
    [[ $name =~ ^[a-z][a-z0-9-]{0,18}[a-z0-9]$ ]] ||
        die "\"$name\" cannot begin the names of everything: take 2 to 20 small letters, digits and hyphens," \
            "a letter first and no hyphen last."
}

# check_settings: each --set names a parameter of a template.
check_settings() {
    local setting key
    for setting in ${settings[@]+"${settings[@]}"}; do
        key=${setting%%=*}
        [[ $setting == *=* ]] || usage "--set takes KEY=VALUE"
        case $key in Name | CodeKey | ExportDomain | ImageDigest) die "$key is set by bin/deploy itself." ;; esac
        # Read to its end: who stops at the first hit breaks the pipe.
        { parameters_of data && parameters_of app && parameters_of service; } | grep -x -e "$key" >/dev/null ||
            die "No template has the parameter $key; those of infra/ list them."
    done
}

# check_account: that the account is the one that is meant. Sets `account`, `caller` and `region`.
check_account() {
    local found file=$state/$name.account
    region=${AWS_REGION:-${AWS_DEFAULT_REGION:-}}
    [ -n "$region" ] || region=$(aws configure get region 2>/dev/null) || true
    [ -n "$region" ] || die "No region is chosen: name one with --region, such as us-east-1."
    export AWS_REGION=$region AWS_DEFAULT_REGION=$region
    read -r found caller < <(ask sts get-caller-identity --query '[Account, Arn]' --output text) || exit 2
    [ -n "$account" ] || ! [ -r "$file" ] || read -r account <"$file"
    [ -z "$account" ] || [ "$account" = "$found" ] ||
        die "The credentials are of account $found, but $account is meant (--account, or the account of the last time). Nothing was done."
    account=$found
}

# remember_account: the next run without --account means this one.
remember_account() {
    mkdir -p "$state"
    printf '%s\n' "$account" >"$state/$name.account"
}

# check_stacks: that both stacks are in a state to go on from. Waits for what an earlier run began.
check_stacks() {
    local stack
    for stack in "$data_stack" "$app_stack"; do
        settle "$stack"
        case $(stack_status "$stack") in
        none | REVIEW_IN_PROGRESS | CREATE_COMPLETE | UPDATE_COMPLETE | UPDATE_ROLLBACK_COMPLETE | IMPORT_*COMPLETE) ;;
        ROLLBACK_COMPLETE | ROLLBACK_FAILED | CREATE_FAILED)
            die "The stack $stack is in $(stack_status "$stack"): its first creation failed, for the reasons that \`aws cloudformation" \
                "describe-stack-events --stack-name $stack\` lists. Delete it with" \
                "\`aws cloudformation delete-stack --stack-name $stack\`, then run this again." ;;
        UPDATE_ROLLBACK_FAILED)
            die "The stack $stack is in UPDATE_ROLLBACK_FAILED. Run" \
                "\`aws cloudformation continue-update-rollback --stack-name $stack\`, then this again." ;;
        *) die "The stack $stack is in $(stack_status "$stack"), from which nothing goes on; the console of CloudFormation says why." ;;
        esac
    done
}

# check_deployed: that `apply` has been here.
check_deployed() {
    local stack
    for stack in "$data_stack" "$app_stack"; do
        load_stack "$stack"
        case $(stack_status "$stack") in
        none | REVIEW_IN_PROGRESS)
            die "There is no stack $stack in account $account, region $region; run \`bin/deploy apply\` first," \
                "or check --name and --region." ;;
        esac
    done
}
