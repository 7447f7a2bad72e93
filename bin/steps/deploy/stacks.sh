# shellcheck shell=bash
# Stacks of CloudFormation: what is there, what a change set would do, and the change itself.

# load_stack STACK: looks at it; the other functions answer from that look.
load_stack() {
    if try cloudformation describe-stacks --stack-name "$1" --output json >"$scratch/$1.json"; then
        return
    fi
    grep -q 'does not exist' "$scratch/refusal" || refused 'cloudformation describe-stacks'
    printf '{"Stacks": [{"StackStatus": "none"}]}' >"$scratch/$1.json"
}

stack_status() { jq -r '.Stacks[0].StackStatus' "$scratch/$1.json"; }

# output STACK KEY: empty when the stack has none of that name.
output() { jq -r --arg key "$2" '.Stacks[0].Outputs // [] | map(select(.OutputKey == $key).OutputValue)[0] // ""' "$scratch/$1.json"; }

# parameter STACK KEY: the value that the stack has.
parameter() {
    jq -r --arg key "$2" '.Stacks[0].Parameters // [] | map(select(.ParameterKey == $key).ParameterValue)[0] // ""' "$scratch/$1.json"
}

# settle STACK: loads it, and waits until nothing is under way, however that ends.
settle() { wait_until 3600 "The stack $1" is_settled "$1"; }

is_settled() {
    load_stack "$1"
    case $(stack_status "$1") in
    REVIEW_IN_PROGRESS) ;;
    *_IN_PROGRESS) return 1 ;;
    esac
}

# parameters_of TEMPLATE: the names of its parameters.
parameters_of() {
    awk '/^[A-Za-z]/ { inside = /^Parameters:/ }
        inside && match($0, /^  [A-Za-z0-9]+:/) { print substr($0, 3, RLENGTH - 3) }' "infra/$1.yaml"
}

# resources_of TEMPLATE: the types of what it makes, with their numbers.
resources_of() {
    awk '/^[A-Za-z]/ { inside = /^Resources:/ }
        inside && match($0, /(^    |\{)Type: AWS::[A-Za-z0-9:]+/) { print substr($0, RSTART, RLENGTH) }' \
        "infra/$1.yaml" | sed 's/.*Type: //' | sort | uniq -c | sed 's/^ *\([0-9]*\) /  adds  \1 × /'
}

# outputs_for STACK TEMPLATE: the outputs of the stack that are parameters of the template, as KEY=VALUE.
outputs_for() {
    jq -r --arg declared "$(parameters_of "$2")" '.Stacks[0].Outputs // [] | .[] | select(.OutputKey | IN($declared | split("\n")[]))
        | "\(.OutputKey)=\(.OutputValue)"' "$scratch/$1.json"
}

# values_for STACK TEMPLATE KEY=VALUE…: the parameters as the CLI takes them. The later of two of one name counts, --set before both; what
# nobody names keeps its value.
values_for() {
    local stack=$1 declared=''
    # The template that the stack has declares what the stack has values for.
    [ "$2" = - ] || declared=$(parameters_of "$2")
    shift 2
    printf '%s\n' "$@" ${settings[@]+"${settings[@]}"} | jq -Rn --slurpfile stack "$scratch/$stack.json" --arg declared "$declared" '
        ([inputs | select(. != "") | capture("^(?<key>[^=]+)=(?<value>.*)$")] | map({(.key): .value}) | add // {}) as $given
        | [$stack[0].Stacks[0].Parameters // [] | .[].ParameterKey] as $kept
        | (if $declared == "" then $kept else $declared | split("\n") end) | map(
            if $given[.] != null then {ParameterKey: ., ParameterValue: $given[.]}
            elif IN($kept[]) then {ParameterKey: ., UsePreviousValue: true}
            else empty end)'
}

# make_change_set STACK TEMPLATE KEY=VALUE…: sets `change_set` to its name, or to nothing when there is nothing to change. The template -
# is the one that the stack has.
make_change_set() {
    local stack=$1 template=$2 kind=UPDATE
    shift 2
    load_stack "$stack"
    values_for "$stack" "$template" "$@" >"$scratch/parameters.json"
    case $(stack_status "$stack") in none | REVIEW_IN_PROGRESS) kind=CREATE ;; esac
    change_set=deploy-$(now)-$$
    set -- cloudformation create-change-set --stack-name "$stack" --change-set-name "$change_set" --change-set-type $kind \
        --parameters "file://$scratch/parameters.json" \
        --capabilities CAPABILITY_IAM CAPABILITY_NAMED_IAM --tags "Key=xmonitor,Value=$name" --output json
    if [ "$template" = - ]; then set -- "$@" --use-previous-template; else set -- "$@" --template-body "file://infra/$template.yaml"; fi
    # With the drift of the resources in view, what was changed by hand shows. Only to look: CloudFormation works out some references
    # otherwise then, and shows changes that are none.
    [ $kind = CREATE ] || [ "$command" != plan ] || set -- "$@" --deployment-mode REVERT_DRIFT
    ask "$@" >/dev/null
    wait_until 600 "The change set of $stack" is_examined "$stack" "$change_set"
    case $(jq -r '.Status + " " + (.StatusReason // "")' "$scratch/change-set.json") in
    CREATE_COMPLETE*) ;;
    *"didn't contain changes"* | *'No updates are to be performed'* | *'no changes'*)
        drop_change_set "$stack" "$change_set"
        change_set=''
        ;;
    *) die "CloudFormation refuses the change of $stack: $(jq -r '.StatusReason // "it does not say why"' "$scratch/change-set.json")" ;;
    esac
}

is_examined() {
    ask cloudformation describe-change-set --stack-name "$1" --change-set-name "$2" --output json >"$scratch/change-set.json"
    case $(jq -r .Status "$scratch/change-set.json") in CREATE_PENDING | CREATE_IN_PROGRESS) return 1 ;; esac
}

# drop_change_set STACK CHANGE_SET: also the stack, when the change set is all that it has.
drop_change_set() {
    ask cloudformation delete-change-set --stack-name "$1" --change-set-name "$2" >/dev/null
    case $(stack_status "$1") in none | REVIEW_IN_PROGRESS) ask cloudformation delete-stack --stack-name "$1" >/dev/null ;; esac
}

# show_changes: what the change set that was examined last does, replacements and removals first.
show_changes() {
    jq -r '[.Changes[].ResourceChange | {Action, LogicalResourceId, ResourceType, Replacement: (.Replacement // "False")}
        | .what = (if .Action == "Remove" then "REMOVES" elif .Replacement == "True" then "REPLACES"
            elif .Replacement == "Conditional" then "MAY REPLACE" elif .Action == "Add" then "adds" else "changes" end)]
        | sort_by((.what | test("[a-z]")), .what, .LogicalResourceId)[]
        | "  \(.what)  \(.LogicalResourceId)  (\(.ResourceType))"' "$scratch/change-set.json"
}

# data_at_risk: what the change set that was examined last replaces or removes of the data.
data_at_risk() {
    jq -r '[.Changes[].ResourceChange | select(.ResourceType == "AWS::RDS::DBInstance" or .ResourceType == "AWS::S3::Bucket")
        | select(.Action == "Remove" or (.Replacement // "False") != "False") | .LogicalResourceId] | join(", ")' "$scratch/change-set.json"
}

# change_stack STACK TEMPLATE KEY=VALUE…: brings the stack to the template, and loads it.
change_stack() {
    local risk
    make_change_set "$@"
    if [ -z "$change_set" ]; then
        echo "  nothing changes"
        return
    fi
    show_changes
    risk=$(data_at_risk)
    if [ -n "$risk" ] && ! $replace_data; then
        drop_change_set "$1" "$change_set"
        die "The change would replace or remove data: $risk. Nothing was done; if that is meant, take a snapshot of the database first" \
            "and add --replace-data."
    fi
    ask cloudformation execute-change-set --stack-name "$1" --change-set-name "$change_set" >/dev/null
    wait_until 300 "The beginning of the change of $1" has_begun "$1" "$change_set"
    settle "$1"
    case $(stack_status "$1") in
    CREATE_COMPLETE | UPDATE_COMPLETE) ;;
    *) die "The stack $1 ended in $(stack_status "$1"): $(failures "$1")" ;;
    esac
}

# has_begun STACK CHANGE_SET: until then the stack still says how its last change ended.
has_begun() {
    if ! try cloudformation describe-change-set --stack-name "$1" --change-set-name "$2" --query ExecutionStatus --output text \
        >"$scratch/execution"; then
        # A change set may go as soon as it was executed.
        grep -q ChangeSetNotFound "$scratch/refusal" && return
        refused 'cloudformation describe-change-set'
    fi
    case $(cat "$scratch/execution") in
    EXECUTE_COMPLETE | EXECUTE_FAILED | OBSOLETE) ;;
    EXECUTE_IN_PROGRESS)
        load_stack "$1"
        case $(stack_status "$1") in REVIEW_IN_PROGRESS) return 1 ;; *_IN_PROGRESS) ;; *) return 1 ;; esac
        ;;
    *) return 1 ;;
    esac
}

# failures STACK: why its last change failed, the first reason first.
failures() {
    try cloudformation describe-stack-events --stack-name "$1" --max-items 100 --output json |
        jq -r '[.StackEvents[] | select(.ResourceStatus | endswith("_FAILED")) | "\(.LogicalResourceId): \(.ResourceStatusReason // "")"]
            | reverse | .[:3] | join("; ")' ||
        echo 'the console of CloudFormation says why'
}

# delete_stack STACK: and waits until it is gone. One that is not there is well.
delete_stack() {
    local before look
    settle "$1"
    before=$(stack_status "$1")
    [ "$before" != none ] || return 0
    ask cloudformation delete-stack --stack-name "$1" >/dev/null
    # Until the removal has begun, the stack still says what it said before; one that fails again at once says so too.
    for ((look = 0; look < 30; look++)); do
        load_stack "$1"
        [ "$(stack_status "$1")" = "$before" ] || break
        sleep "$pause"
    done
    settle "$1"
    case $(stack_status "$1") in none | DELETE_COMPLETE) ;; *) die "The stack $1 could not be deleted: $(failures "$1")" ;; esac
}
