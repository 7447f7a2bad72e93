# shellcheck shell=bash
# The deployments that ended well: an empty object for each, code/deployments/TIME/CODE/SITE, whose name says it all.

record_deployment() {
    : >"$scratch/empty"
    put "$scratch/empty" "code/deployments/$(now)/$1/$2"
}

# deployments: one line for each, "TIME CODE SITE", the oldest first.
deployments() {
    ask s3api list-objects-v2 --bucket "$bucket" --prefix code/deployments/ --query 'Contents[].Key' --output text |
        tr '\t' '\n' | grep '^code/deployments/' | sort | sed 's|^code/deployments/||; s|/| |g' || true
}
