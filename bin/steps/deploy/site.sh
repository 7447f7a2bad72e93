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
    # A job that an interrupted run left would be in the way: Amplify takes one at a time.
    wait_until 300 "The end of an earlier deployment of the site" has_no_job "$app" "$branch"
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

# has_no_job APP BRANCH: asks each that is under way to stop; it has stopped when it says so.
has_no_job() {
    local job status
    ask amplify list-jobs --app-id "$1" --branch-name "$2" --max-items 5 --output json >"$scratch/jobs.json"
    jq -r '.jobSummaries[] | select(.status | IN("SUCCEED", "FAILED", "CANCELLED") | not) | "\(.jobId) \(.status)"' "$scratch/jobs.json" \
        >"$scratch/jobs"
    [ -s "$scratch/jobs" ] || return 0
    while read -r job status; do
        [ "$status" = CANCELLING ] || try amplify stop-job --app-id "$1" --branch-name "$2" --job-id "$job" >/dev/null ||
            grep -q BadRequest "$scratch/refusal" || refused 'amplify stop-job' # it has ended meanwhile
    done <"$scratch/jobs"
    return 1
}
