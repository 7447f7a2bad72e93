# shellcheck shell=bash
# `bin/deploy run COMMAND…`: its output, its errors and its exit code are those of the command.

check_deployed
bucket=$(output "$data_stack" BucketName)
task run -- "${words[@]}"
cat "$task_output"
cat "$task_errors" >&2
exit "$exit_code"
