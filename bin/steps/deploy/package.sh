# shellcheck shell=bash
# What bin/package made, and its place in the bucket.

# make_package: sets `package` to the folder, and `code` and `site` to the hashes of the zips.
make_package() {
    if [ -z "$package" ]; then
        package=.build/package
        set -- --release --output "$root/$package"
        [ -z "$certificates" ] || set -- "$@" --certificates "$certificates"
        bin/package "$@"
    fi
    for file in xmonitor.zip site.zip; do [ -r "$package/$file" ] || die "There is no $file in $package; bin/package makes it."; done
    code=$(sha256 "$package/xmonitor.zip")
    site=$(sha256 "$package/site.zip")
}

# upload FILE KEY: unless it is there. A key holds the hash of what it names, so what is there is the same.
upload() {
    if is_in_bucket "$2"; then
        echo "  $2 is there"
        return
    fi
    # The CLI's own check of the parts goes with it. It has no end by itself.
    read_timeout=300 ask s3 cp --only-show-errors "$1" "s3://$bucket/$2"
    echo "  $2 uploaded"
}

# is_in_bucket KEY: by the list, which says the same to who may not read the object.
is_in_bucket() {
    local found
    found=$(ask s3api list-objects-v2 --bucket "$bucket" --prefix "$1" --query "Contents[?Key=='$1'].Key" --output text) || exit 2
    [ "$found" = "$1" ]
}

# fetch KEY FILE: what is in the bucket; fails when it is not there.
fetch() {
    try s3api get-object --bucket "$bucket" --key "$1" "$2" >/dev/null && return
    grep -q -e '(404)' -e NoSuchKey "$scratch/refusal" || refused 's3api get-object'
    return 1
}

# put FILE KEY [OPTION…]
put() {
    local file=$1 key=$2
    shift 2
    ask s3api put-object --bucket "$bucket" --key "$key" --body "$file" "$@" >/dev/null
}
