# shellcheck shell=bash
# The web feed on Amplify Hosting, by manual deployment.

# deploy_site ZIP HASH: unless it is what is shown. `site/current` in the bucket says what is shown, or that it is changing.
deploy_site() {
    local app branch job address
    app=$(output "$app_stack" AmplifyAppId)
    branch=$(output "$app_stack" AmplifyBranch)
    if fetch site/current "$scratch/current" && [ "$(cat "$scratch/current")" = "$app $2" ]; then
        echo "  $2 is shown"
        return
    fi
    printf 'changing' >"$scratch/current"
    put "$scratch/current" site/current
    stop_pending_jobs "$app" "$branch"
    ask amplify create-deployment --app-id "$app" --branch-name "$branch" --output json >"$scratch/deployment.json"
    job=$(jq -r .jobId "$scratch/deployment.json")
    # The address is signed: whoever has it may upload. So it is in a file and not in an argument.
    jq -r '"url = \"\(.zipUploadUrl)\""' "$scratch/deployment.json" >"$scratch/curl"
    curl --config "$scratch/curl" --silent --show-error --fail --max-time 300 --request PUT --header 'Content-Type: application/zip' \
        --data-binary "@$1" --output /dev/null || die "The site could not be uploaded to Amplify; run the command again."
    ask amplify start-deployment --app-id "$app" --branch-name "$branch" --job-id "$job" >/dev/null
    wait_until 900 "The deployment of the site" is_shown "$app" "$branch" "$job"
    printf '%s %s' "$app" "$2" >"$scratch/current"
    put "$scratch/current" site/current
    echo "  $2 deployed"
}

is_shown() {
    local status
    status=$(ask amplify get-job --app-id "$1" --branch-name "$2" --job-id "$3" --query job.summary.status --output text) || exit 2
    case $status in
    SUCCEED) ;;
    FAILED | CANCELLED) die "Amplify could not deploy the site: job $3 of app $1 is $status. Run the command again." ;;
    *) return 1 ;;
    esac
}

# stop_pending_jobs APP BRANCH: a job that an interrupted run left would be in the way: Amplify takes one at a time.
stop_pending_jobs() {
    local jobs job
    jobs=$(ask amplify list-jobs --app-id "$1" --branch-name "$2" --max-items 5 \
        --query "jobSummaries[?status=='CREATED' || status=='PENDING' || status=='PROVISIONING' || status=='RUNNING'].jobId" \
        --output text) || exit 2
    for job in $jobs; do
        [ "$job" = None ] || ask amplify stop-job --app-id "$1" --branch-name "$2" --job-id "$job" >/dev/null
    done
}
