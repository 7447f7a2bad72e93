# shellcheck shell=bash
# Commands of xmonitor that the function admin runs beside the database.

# Runs of one command, which goes on where the one before it stopped; each has 15 minutes.
max_runs=48

# task ID [--snapshot KEY] [--administrator FILE] -- COMMAND…: runs it to its end, as often as that takes.
# Sets `exit_code`; what it printed is in `task_output` and `task_errors`, which are files.
task() {
    local id=$1 snapshot='' administrator='' run
    shift
    while [ "$1" != -- ]; do
        case $1 in --snapshot) snapshot=$2 ;; --administrator) administrator=$2 ;; esac
        shift 2
    done
    shift
    task_output=$scratch/$id.output task_errors=$scratch/$id.errors
    jq -n --arg snapshot "$snapshot" '{command: $ARGS.positional} + if $snapshot == "" then {} else {snapshot: $snapshot} end' \
        --args -- "$@" >"$scratch/command.json"
    for ((run = 1; run <= max_runs; run++)); do
        task_id=$id-$(now)-$run
        jq --arg id "$task_id" '{id: $id} + .' "$scratch/command.json" >"$scratch/payload.json"
        if [ -n "$administrator" ]; then
            jq --slurpfile secret "$administrator" '. + {administrator: {user: $secret[0].username, password: $secret[0].password}}' \
                "$scratch/payload.json" >"$scratch/payload.secret"
            mv "$scratch/payload.secret" "$scratch/payload.json"
        fi
        invoke "$task_id" "$1"
        jq -j '.output // ""' "$scratch/answer.json" >"$task_output"
        jq -j '.errors // ""' "$scratch/answer.json" >"$task_errors"
        if [ "$(jq -r .done "$scratch/answer.json")" = true ]; then
            exit_code=$(jq -r '.exit_code // 2' "$scratch/answer.json")
            # Another import is under way, perhaps one that was left by Ctrl-C; it ends with its function.
            grep -q 'Another import into this database is under way' "$task_errors" && [ "$exit_code" = 2 ] || return 0
            echo "  another import is under way; waiting for it"
            sleep 20
        else
            echo "  not done within the time of one run; going on"
        fi
    done
    die "\`xmonitor $*\` was not done after $max_runs runs; run the command again to go on."
}

# invoke ID KIND: one run, whose answer is in answer.json. When the connection is lost, the answer is looked for in the bucket before anything
# is said to have failed: behind some networks a call that is silent for minutes is cut.
invoke() {
    local failed status=0
    rm -f "$scratch/answer.json"
    failed=$(AWS_MAX_ATTEMPTS=1 read_timeout=1000 try lambda invoke --function-name "${admin_function:-$name-admin}" \
        --payload "fileb://$scratch/payload.json" --query FunctionError --output text "$scratch/answer.json") || status=$?
    rm -f "$scratch/payload.json"
    if [ $status = 0 ] && [ "$failed" = None ]; then return; fi
    if [ $status = 0 ]; then
        grep -q -e Timedout -e 'timed out' "$scratch/answer.json" ||
            die "The function ${admin_function:-$name-admin} failed: $(jq -r '.errorMessage // .' "$scratch/answer.json")"
        printf '{"done": false, "errors": "the function reached its time-out"}' >"$scratch/answer.json"
        return
    fi
    case $(cat "$scratch/refusal") in
    *TooManyRequests* | *Throttl* | *ResourceConflict*)
        echo '  the function is busy; trying again'
        sleep 10
        printf '{"done": false}' >"$scratch/answer.json"
        return
        ;;
    *'Read timeout'* | *'Connection was closed'* | *'Could not connect'* | *'Connection reset'* | *'Connection broken'*) ;;
    *) refused 'lambda invoke' ;;
    esac
    [ "$2" != keys ] || die "The connection was lost while a key was handled, and answers about keys are kept nowhere." \
        "See \`bin/deploy run keys list\`, then run it again."
    echo '  the connection was lost; looking for the result in the bucket'
    wait_until 960 "The result of $1" fetch "results/$1/result.json" "$scratch/answer.json"
}

# must WHAT: ends with what the last task complained of, unless it succeeded.
must() {
    [ "$exit_code" = 0 ] || die "$1 failed: $(cat "$task_errors" "$task_output")"
}
