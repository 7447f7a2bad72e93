# shellcheck shell=bash disable=SC2016 # `$…` in quotes is jq's
# `bin/deploy service`: the image of bin/package in the account's registry, and the stack that runs it. Readers notice nothing yet: the last
# line says how the API is turned over to it.

# image_digest FILE: the name by which a registry knows the image.
image_digest() { tar -xOf "$1" index.json | jq -r '.manifests[0].digest'; }

# push FILE DIGEST: unless it is there.
push() {
    local repository
    if ! try ecr describe-repositories --repository-names "$name" --output json >"$scratch/repositories.json"; then
        grep -q RepositoryNotFound "$scratch/refusal" || refused 'ecr describe-repositories'
        ask ecr create-repository --repository-name "$name" --image-tag-mutability IMMUTABLE --tags "Key=xmonitor,Value=$name" >/dev/null
        ask ecr describe-repositories --repository-names "$name" --output json >"$scratch/repositories.json"
    fi
    repository=$(jq -r '.repositories[0].repositoryUri' "$scratch/repositories.json")
    if try ecr describe-images --repository-name "$name" --image-ids "imageDigest=$2" >/dev/null; then
        echo "  $2 is there"
        return
    fi
    grep -q ImageNotFound "$scratch/refusal" || refused 'ecr describe-images'
    # A password for twelve hours; only ever in files of the scratch folder.
    ask ecr get-authorization-token --query 'authorizationData[0].authorizationToken' --output text >"$scratch/registry.token"
    jq -n --arg host "${repository%%/*}" --rawfile token "$scratch/registry.token" '{auths: {($host): {auth: ($token | rtrimstr("\n"))}}}' \
        >"$scratch/registry.json"
    # The digest is the one that was read above, so nothing may be packed anew on the way.
    skopeo --command-timeout 15m copy --quiet --preserve-digests --dest-authfile "$scratch/registry.json" "oci-archive:$1" \
        "docker://$repository:$(cut -c 8-19 <<<"$2")" >"$scratch/pushed" 2>&1 ||
        die "The image could not be pushed to $repository: $(tail -n 3 "$scratch/pushed")"
    echo "  $2 pushed"
}

command -v skopeo >/dev/null || die "skopeo is needed to push the image: apt-get install skopeo, or brew install skopeo."
check_deployed
check_stacks
package=${package:-.build/package}
image=$package/xmonitor-image.tar
[ -r "$image" ] || die "There is no xmonitor-image.tar in $package; \`bin/package --release\` makes it."

say "Image"
digest=$(image_digest "$image")
push "$image" "$digest"

say "Stack $service_stack"
settle "$service_stack"
prefixes=$(ask ec2 describe-managed-prefix-lists --filters Name=prefix-list-name,Values=com.amazonaws.global.cloudfront.origin-facing \
    --query 'PrefixLists[0].PrefixListId' --output text) || exit 2
[ "$prefixes" != None ] || die "CloudFront's list of addresses is not known in $region."
values=("Name=$name" "ImageDigest=$digest" "CloudFrontPrefixListId=$prefixes")
# What the functions were told holds for the service too.
while read -r value; do values+=("$value"); done < <(
    jq -r --arg declared "$(parameters_of service)" '.Stacks[0].Parameters // [] | .[] | select(.ParameterKey | IN($declared | split("\n")[]))
        | select(.ParameterKey != "Name") | "\(.ParameterKey)=\(.ParameterValue)"' "$scratch/$app_stack.json"
    outputs_for "$data_stack" service
    outputs_for "$app_stack" service
)
change_stack "$service_stack" service "${values[@]}"
say "It runs. Turn the API over to it: bin/deploy apply --set ServiceVpcOriginId=$(output "$service_stack" ServiceVpcOriginId)" \
    "--set ServiceDomain=$(output "$service_stack" ServiceDomain)"
