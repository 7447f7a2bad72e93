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

# Seconds without an answer after which the result is looked for in the bucket, again and again.
silence=15

# invoke ID KIND: one run, whose answer is in answer.json. Behind some networks a call that is silent for minutes is cut, and nobody is told:
# so the function leaves its result in the bucket too, where it is looked for meanwhile, and before anything is said to have failed.
invoke() {
    local failed status=0 looked=$SECONDS
    rm -f "$scratch/answer.json"
    # Answers about keys are nowhere but in the call, and come soon.
    set -- "$1" "$2" --cli-connect-timeout 10 --cli-read-timeout "$(if [ "$2" = keys ]; then echo 120; else echo 1000; fi)"
    AWS_MAX_ATTEMPTS=1 aws lambda invoke "${@:3}" --function-name "${admin_function:-$name-admin}" \
        --payload "fileb://$scratch/payload.json" --query FunctionError --output text "$scratch/called.json" \
        >"$scratch/called" 2>"$scratch/called.refusal" &
    call=$!
    while kill -0 "$call" 2>/dev/null; do
        sleep 0.2
        if [ "$2" = keys ] || [ $((SECONDS - looked)) -lt $silence ]; then continue; fi
        looked=$SECONDS
        fetch "results/$1/result.json" "$scratch/answer.json" || continue
        # The answer may be on its way.
        sleep 3
        kill -0 "$call" 2>/dev/null || break
        echo '  the connection has gone silent; the result was in the bucket'
        end_call
        rm -f "$scratch/payload.json"
        return
    done
    wait "$call" || status=$?
    call='' failed=$(cat "$scratch/called")
    cp "$scratch/called.refusal" "$scratch/refusal"
    [ ! -e "$scratch/called.json" ] || mv "$scratch/called.json" "$scratch/answer.json"
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

# end_call: the call under way, if there is one. The function goes on.
end_call() {
    [ -n "$call" ] || return 0
    kill "$call" 2>/dev/null || true
    wait "$call" 2>/dev/null || true
    call=''
}

# must WHAT: ends with what the last task complained of, unless it succeeded.
must() {
    [ "$exit_code" = 0 ] || die "$1 failed: $(cat "$task_errors" "$task_output")"
}
