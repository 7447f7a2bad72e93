# shellcheck shell=bash disable=SC2034 # the variables are for the other steps
# How the AWS CLI is asked, and what is said when AWS refuses.

# begin: the folder for files of this run, which only its user reads and which is gone at the end, and what ends with it.
begin() {
    umask 077
    scratch=$(mktemp -d "${TMPDIR:-/tmp}/xmonitor-deploy.XXXXXX")
    at_end=() call=''
    trap finish EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    # One attempt more than none: a throttled call is no failure. The CLI's version 2 would start a pager.
    export AWS_PAGER='' AWS_RETRY_MODE=standard AWS_MAX_ATTEMPTS=5
    data_stack=$name-data app_stack=$name-app service_stack=$name-service github_stack=$name-github
    check_tools
    check_cli
    check_name
    check_settings
    check_account
}

# finish: runs what `at_end` lists, the last first, whatever happened, and removes the files.
finish() {
    local status=$? index
    trap '' INT TERM HUP
    set +e
    end_call
    for ((index = ${#at_end[@]} - 1; index >= 0; index--)); do
        # In a shell of its own, so that one that fails keeps no other from running.
        (set -e && ${at_end[index]})
        # shellcheck disable=SC2181 # as a condition, the function would not stop at its first failure
        [ $? = 0 ] || status=2
    done
    rm -rf "$scratch"
    exit "$status"
}

# try SERVICE ARGUMENT…: the AWS CLI. What it complained of is in `refusal`.
try() {
    local service=$1
    shift
    # Version 1 knows AWS_ENDPOINT_URL, but not for this service.
    [ "$service" != rds ] || [ -z "${AWS_ENDPOINT_URL:-}" ] || set -- --endpoint-url "$AWS_ENDPOINT_URL" "$@"
    aws "$service" --cli-connect-timeout 10 --cli-read-timeout "${read_timeout:-60}" "$@" 2>"$scratch/refusal"
}

# ask SERVICE ARGUMENT…: the same, where nothing but success will do.
ask() {
    try "$@" || refused "$1 $2"
}

# refused CALL: ends with one sentence about why AWS refused it.
refused() {
    local refusal
    refusal=$(sed '/^[[:space:]]*$/d' "$scratch/refusal")
    case $refusal in
    *AccessDenied* | *UnauthorizedOperation* | *AuthorizationError* | *'not authorized'*)
        die "${caller:-These credentials} may not do \`aws $1\`: whoever administers the account has to allow it (docs/aws.md, \"Rights\")." \
            "$refusal" ;;
    *'Unable to locate credentials'* | *NoCredentials*)
        die "There are no AWS credentials: run \`aws configure sso\`, or name a profile with --profile." ;;
    *ExpiredToken* | *'has expired'*) die "The AWS credentials have expired; sign in again, for example with \`aws sso login\`." ;;
    *InvalidClientTokenId* | *UnrecognizedClient* | *InvalidAccessKeyId* | *SignatureDoesNotMatch*)
        die "AWS does not know these credentials; check --profile and the AWS_* variables." ;;
    *'config profile'*) die "$refusal; the profiles are those of \`aws configure list-profiles\`." ;;
    *'Could not connect'* | *'Connect timeout'* | *'Read timeout'*)
        die "AWS cannot be reached for \`aws $1\`: check the network. $refusal" ;;
    *) die "\`aws $1\` failed: ${refusal:-it said nothing}" ;;
    esac
}

# wait_until SECONDS WHAT COMMAND…: asks until the command succeeds; ends with a sentence when that takes too long.
wait_until() {
    local end=$((SECONDS + $1)) what=$2
    shift 2
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || die "$what took too long; run the command again to go on waiting."
        sleep "$pause"
    done
}
# Between two looks; a look takes a second by itself.
pause=2

# sha256 FILE: the hash, as 64 digits.
sha256() {
    if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

# now: the moment, as it stands in names.
now() { date -u +%Y%m%dT%H%M%SZ; }

# confirm QUESTION: ends unless whoever runs this agrees.
confirm() {
    local answer=''
    ! $assume_yes || return 0
    [ -t 0 ] || die "$1 Nobody is there to ask; agree with --yes."
    read -r -p "$1 [yes/no] " answer
    [ "$answer" = yes ] || die "Nothing was done."
}
