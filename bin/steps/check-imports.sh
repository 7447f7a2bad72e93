#!/usr/bin/env bash
# The table of docs/architecture.md: who may import what of ours. Anything else is an error.
set -euo pipefail

ours='Postgres|JSON|Domain|Schema|Store|Snapshot|Sample|API|CLI|CLibPQ|CZlib'
status=0

# allow FOLDER 'A|B|…': the folder may import these of our targets and no others; third-party modules likewise.
allow() {
    local found
    found=$(grep -rnE "^ *((public|internal|package|private|fileprivate|@testable) )*import ($ours|Hummingbird.*|GRDB.*|HTTPTypes|NIO.*)( |\$)" "$1" --include='*.swift' |
        grep -vE "import ($2)\$" || true)
    if [ -n "$found" ]; then
        printf '%s may not import this:\n%s\n' "$1" "$found"
        status=1
    fi
}

allow Sources/Postgres 'CLibPQ'
allow Sources/JSON 'none'
allow Sources/Domain 'JSON'
allow db 'Postgres'
allow Sources/Store 'Postgres|JSON|Domain'
allow Sources/Snapshot 'Postgres|JSON|Domain|Store|GRDB|GRDBSQLite'
allow Sources/Sample 'Domain|GRDB|GRDBSQLite'
allow Sources/API 'CZlib|JSON|Domain|Hummingbird|HummingbirdCore|HTTPTypes|NIOCore|NIOPosix|NIOExtras|NIOHTTP1|NIOHTTPTypes|NIOHTTPTypesHTTP1'
exit $status
