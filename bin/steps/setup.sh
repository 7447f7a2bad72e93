# shellcheck shell=bash
# What every command here needs: a place to stand, a way to speak, and the packages that a bare Debian lacks.

set -euo pipefail
called_from=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck disable=SC2034 # for the scripts that source this file
root=$PWD

say() { printf '\033[1m==> %s\033[0m\n' "$*"; }
die() {
    printf 'xmonitor: %s\n' "$*" >&2
    exit 2
}

# path_of FILE: the file as whoever called the command named it, from the folder they called it in.
path_of() {
    case $1 in
    /*) printf '%s\n' "$1" ;;
    *) printf '%s/%s\n' "$called_from" "$1" ;;
    esac
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif ! command -v sudo >/dev/null || ! sudo "$@"; then
        die "Installing packages needs root or sudo. Have somebody who may do so run once: apt-get install ${missing[*]}"
    fi
}

# need_own FOLDER…: what is there belongs to whoever runs this. Root writes everywhere.
need_own() {
    local foreign
    [ "$(id -u)" != 0 ] || return 0
    for folder in "$@"; do
        [ -e "$folder" ] || continue
        foreign=$(find "$folder" -maxdepth 2 ! -user "$(id -u)" -print -quit)
        [ -z "$foreign" ] || die "$root/$foreign belongs to somebody else, perhaps because root built here before." \
            "Remove $root/$folder, or take it over: sudo chown -R $(id -un) $root/$folder"
    done
}

# need_packages NAME…: installs the Debian packages that are not there.
need_packages() {
    if [ "$(uname -s)" = Darwin ]; then
        command -v pg_ctl >/dev/null || die "Install Postgres and libpq first: brew install postgresql libpq pkg-config"
        return
    fi
    command -v apt-get >/dev/null || return 0
    missing=()
    for name in "$@"; do
        dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
    done
    [ ${#missing[@]} = 0 ] && return
    say "Installing ${missing[*]} (apt-get)"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

need_swift() {
    command -v swift >/dev/null || die "Swift 6.2 or newer is needed: https://www.swift.org/install/"
}

# build ARGUMENT…: swift build, with the options that all commands share, so that they share its results.
build() {
    need_own .build
    XMONITOR_COMMIT=$(commit) swift build --explicit-target-dependency-import-check error "$@"
}

# commit: the commit that is checked out, with -dirty when files differ from it.
commit() {
    git describe --always --dirty --abbrev=12 --exclude='*' 2>/dev/null || echo unknown
}

# need_python: a private virtual environment with what the Python tests need.
need_python() {
    cmp -s Tests/requirements.txt .venv/installed && return
    need_own .venv
    say "Installing Python packages into .venv"
    python3 -m venv .venv
    .venv/bin/pip install --quiet --disable-pip-version-check -r Tests/requirements.txt
    # The script of the package begins with the path of the interpreter, in which there may be no space.
    printf '#!/bin/sh\nexec %q -m awscli "$@"\n' "$root/.venv/bin/python" >.venv/bin/aws
    cp Tests/requirements.txt .venv/installed
}
