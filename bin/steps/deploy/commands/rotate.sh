# shellcheck shell=bash disable=SC2016 # `$…` in quotes is jq's
# `bin/deploy rotate session|cursor`

# The functions read the secrets when theirs are five minutes old.
secrets_age=${XMONITOR_DEPLOY_SECRETS_AGE:-330}

check_deployed
bucket=$(output "$data_stack" BucketName)
random_key >"$scratch/key"
case ${words[0]} in
session)
    say "A new key that opens sessions"
    change_secrets --rawfile key "$scratch/key" '.XMONITOR_SESSION_KEYS += "," + $key'
    # As long as one function does not know the key, no other may seal with it: its readers would be signed out.
    say "Waiting until every function knows it ($secrets_age s)"
    sleep "$secrets_age"
    say "The new key seals sessions; those of the two before go on"
    change_secrets --rawfile key "$scratch/key" '.XMONITOR_SESSION_KEYS |= ([$key] + (split(",") - [$key]) | .[:3] | join(","))'
    ;;
cursor)
    say "A new key for cursors; who has a page open begins again at its top"
    change_secrets --rawfile key "$scratch/key" '.XMONITOR_CURSOR_KEY = $key'
    ;;
*) usage "There is no key \"${words[0]}\"" ;;
esac
