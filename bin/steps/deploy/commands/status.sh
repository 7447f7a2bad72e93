# shellcheck shell=bash
# `bin/deploy status`

line() { printf '  %-16s %s\n' "$1" "$2"; }

check_deployed
bucket=$(output "$data_stack" BucketName)
address=$(output "$app_stack" PublicUrl)

say "Account $account, region $region"
for stack in "$data_stack" "$app_stack" "$service_stack" "$github_stack"; do
    load_stack "$stack"
    line "$stack" "$(stack_status "$stack")"
done
line address "$address"
code=$(parameter "$app_stack" CodeKey)
line code "${code#code/}"
shown='not known: a deployment is under way or broke off'
if fetch site/current "$scratch/current" && ! grep -qx changing "$scratch/current"; then shown=$(cut -d ' ' -f 2 "$scratch/current").zip; fi
line site "$shown"
ready=$(curl --silent --max-time 30 --output /dev/null --write-out '%{http_code}' "$address/health/ready") || ready='no answer'
line ready "$ready"

say "Schema"
task schema-status -- schema status
sed 's/^/  /' "$task_output" "$task_errors" | tail -n 3

say "Alarms"
ask cloudwatch describe-alarms --alarm-name-prefix "$name" --state-value ALARM \
    --query 'MetricAlarms[].[AlarmName, StateReason]' --output text >"$scratch/alarms"
if [ -s "$scratch/alarms" ]; then sed 's/^/  /' "$scratch/alarms"; else echo '  none'; fi

say "Deployments"
deployments | tail -n 10 | sed 's/^/  /'
