#!/usr/bin/env bash
# The form of the page's code: the direction of its imports, columns, files in a folder, names that stand once, and its types.
set -euo pipefail
cd "$(dirname "$0")/../.."
export LC_ALL=C.UTF-8
status=0

# complain SENTENCE: standard input is what is wrong; nothing there is fine.
complain() {
    local found
    found=$(cat)
    [ -n "$found" ] || return 0
    printf '%s\n%s\n' "$1" "$found"
    status=1
}

# A folder of web/js may import what stands above it, and what stands before it in its line. `app` is app.js itself.
layers='
lib
address api
access page card keyboard feed post view live saved share filters timeline catch-up
overview app
'
declare -A place=()
for folder in $layers; do place[$folder]=${#place[@]}; done

# imports FOLDER: what is imported below it, also types and what is fetched later, as "FILE TARGET".
imports() {
    (cd "$1" && grep -roE '(from |import |import\()"[^"]+\.js"' --include='*.js' .) | sed -E 's#^\./([^:]+):.*"([^"]+)"#\1 \2#'
}

against_direction() {
    local file target folder from to
    while read -r file target; do
        case $target in
            /* | *../config.js) continue ;;
            *)
                folder=${file%"${file##*/}"}
                target=${target#./}
                while [[ $target == ../* ]]; do
                    target=${target#../}
                    folder=${folder%/}
                    folder=${folder%"${folder##*/}"}
                done
                target=$folder$target
                ;;
        esac
        from=app to=app
        [[ $file == */* ]] && from=${file%%/*}
        [[ $target == */* ]] && to=${target%%/*}
        [ "$from" = "$to" ] && continue
        [ -n "${place[$from]:-}" ] && [ "${place[$to]:-99}" -lt "${place[$from]}" ] && continue
        echo "web/js/$file: $target"
    done
}

complain 'Imports against the table in bin/steps/check-web.sh:' < <(imports web/js | against_direction)
complain 'The page of the API may take from web/js what is in lib, and nothing else:' < <(imports web/docs/js | grep '\.\./js/' | grep -v ' \.\./\.\./js/lib/')
complain 'Lines of more than 140 columns:' < <(grep -rnE '^.{141,}' web --include='*.js')
complain 'Several tags of JSDoc in one line:' < <(grep -rnE '@param .* @(param|returns)' web --include='*.js')
complain 'More than 15 files in a folder:' < <(find web/js web/css -type f -printf '%h\n' | sort | uniq -c | awk '$1 > 15')
complain 'Several files of one name:' < <(find web/js -name '*.js' -printf '%f\n' | sort | uniq -d)
tsc --project bin/steps/tsconfig.json || status=1
exit $status
