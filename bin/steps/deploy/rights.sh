# shellcheck shell=bash
# What the caller may do, asked of IAM before the first deployment.

# rights_unknown WHY: keeps nobody: what is not allowed AWS refuses later, and CloudFormation undoes what it made.
rights_unknown() { echo "  Whether $caller may do all that is needed is not known: $1."; }

# check_rights: only before there is anything: the rights of later deployments are smaller.
check_rights() {
    local source at place denied unknown refused_rights
    [ "$(stack_status "$data_stack")" = none ] || return 0
    case $caller in
    *:root) return 0 ;;
    *:user/*) source=$caller ;;
    *:assumed-role/*)
        # arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION leaves out the path that the role may have; those of IAM Identity Center have one.
        source=$(cut -d / -f 2 <<<"$caller")
        if ! source=$(try iam get-role --role-name "$source" --query Role.Arn --output text); then
            rights_unknown 'they may not look at their own role (iam:GetRole)'
            return
        fi
        ;;
    *) rights_unknown 'IAM answers for users and roles only' && return ;;
    esac
    at=arn:$(cut -d : -f 2 <<<"$caller")
    place=$region:$account
    # A right may be given for names of ours alone, so one of each is asked about too. Whoever has come this far and needs a second factor
    # has used it, for the calls before were allowed; and the region is the one that is meant.
    if ! try iam simulate-principal-policy --policy-source-arn "$source" --action-names \
        cloudformation:CreateChangeSet cloudformation:ExecuteChangeSet ec2:CreateVpc rds:CreateDBInstance s3:CreateBucket s3:PutObject \
        iam:CreateRole iam:PassRole lambda:CreateFunction lambda:InvokeFunction apigateway:POST cloudfront:CreateDistribution \
        amplify:CreateApp amplify:CreateDeployment secretsmanager:GetSecretValue logs:CreateLogGroup budgets:ModifyBudget \
        --resource-arns '*' "$at:cloudformation:$place:stack/$data_stack/0" "$at:ec2:$place:vpc/vpc-0" "$at:rds:$place:db:$name-database" \
        "$at:s3:::$data_stack-bucket-0" "$at:s3:::$data_stack-bucket-0/code" "$at:iam::$account:role/$app_stack-ApiRole-0" \
        "$at:lambda:$place:function:$name-admin" "$at:apigateway:$region::/apis" "$at:cloudfront::$account:distribution/0" \
        "$at:amplify:$place:apps/0" "$at:secretsmanager:$place:secret:rds!db-0" "$at:logs:$place:log-group:/aws/lambda/$name-api" \
        "$at:budgets::$account:budget/$name" --context-entries \
        ContextKeyName=aws:MultiFactorAuthPresent,ContextKeyValues=true,ContextKeyType=boolean \
        ContextKeyName=aws:MultiFactorAuthAge,ContextKeyValues=1,ContextKeyType=numeric \
        ContextKeyName=aws:SecureTransport,ContextKeyValues=true,ContextKeyType=boolean \
        "ContextKeyName=aws:RequestedRegion,ContextKeyValues=$region,ContextKeyType=string" --output json >"$scratch/rights.json"; then
        rights_unknown 'IAM does not tell them (iam:SimulatePrincipalPolicy)'
        return
    fi
    # An action counts as allowed on everything or on what is of its own service.
    refused_rights=$(jq -r '.EvaluationResults | group_by(.EvalActionName)[] | .[0].EvalActionName as $action
        | map({resource: .EvalResourceName, decision: .EvalDecision, missing: .MissingContextValues}, (.ResourceSpecificResults // [] | .[]
            | {resource: .EvalResourceName, decision: .EvalResourceDecision, missing: .MissingContextValues}))
        | select(all(.[] | select(.resource == "*" or (.resource | split(":")[2]) == ($action | split(":")[0])); .decision != "allowed"))
        | "\($action) \(map(.missing // []) | flatten | unique | join(","))"' "$scratch/rights.json")
    denied=$(awk 'NF == 1 { print $1 }' <<<"$refused_rights" | paste -s -d ' ' -)
    unknown=$(awk 'NF == 2 { print $2 }' <<<"$refused_rights" | sort -u | paste -s -d , -)
    [ -z "$denied" ] ||
        die "$caller may not do: $denied. Whoever administers the account has to allow it (docs/aws.md, \"Rights\"). Nothing was done."
    [ -z "$unknown" ] || rights_unknown "it depends on $unknown"
}
