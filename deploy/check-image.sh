#!/usr/bin/env bash
# Follows deploy/Dockerfile without Docker: a folder for each stage, COPY and RUN in it, and the last stage's
# HEALTHCHECK and CMD at the end. What it cannot tell: the base image, the user, a file system of its own.
# Needs the network (npm ci) and a minute. It says `image: fine` and ends with 0, or shows what was wrong.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
scratch=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill -KILL "$server" 2>/dev/null || true; rm -rf "$scratch"' EXIT

fail() {
    echo "image: $1" >&2
    [ ! -f "$scratch/log" ] || cat "$scratch/log" >&2
    exit 1
}

# Runs one of Docker's exec forms, ["program", "argument"].
run_exec_form() {
    local words
    mapfile -d '' words < <(node -e 'for (const word of JSON.parse(process.argv[1])) process.stdout.write(`${word}\0`)' "$1")
    exec "${words[@]}"
}

stage= cmd= healthcheck= environment=()
while read -r instruction rest; do
    case $instruction in
        '' | '#'*) continue ;;
        WORKDIR | EXPOSE | STOPSIGNAL | USER) ;;
        FROM)
            read -r base _ name <<<"$rest"
            stage=$scratch/${name:-final}
            mkdir "$stage"
            # Any other base is an image; its part is played by this machine.
            [ ! -d "$scratch/$base" ] || cp -a "$scratch/$base/." "$stage"
            ;;
        COPY)
            read -ra words <<<"$rest"
            from=$root
            if [[ ${words[0]} == --from=* ]]; then
                from=$scratch/${words[0]#--from=}
                words=("${words[@]:1}")
            fi
            target=$stage/${words[-1]}
            for source in "${words[@]:0:${#words[@]}-1}"; do
                source=$from/${source#/app/}
                mkdir -p "$target"
                if [ -d "$source" ]; then
                    # A folder's contents are copied, and from the repository not what .dockerignore holds back.
                    ignored=()
                    [ "$from" != "$root" ] || ignored=(--exclude=node_modules --exclude=dist --exclude=.turbo --exclude=test)
                    tar -C "$source" "${ignored[@]}" -cf - . | tar -C "$target" -xf -
                else
                    cp "$source" "$target"
                fi
            done
            ;;
        RUN)
            echo "--- $(basename "$stage"): $rest"
            (cd "$stage" && env TURBO_TELEMETRY_DISABLED=1 sh -c "$rest") </dev/null
            ;;
        ENV)
            read -ra words <<<"$rest"
            environment+=("${words[@]}")
            ;;
        HEALTHCHECK) healthcheck=${rest#*CMD } ;;
        CMD) cmd=$rest ;;
        *) fail "deploy/Dockerfile has $instruction, which this script does not know" ;;
    esac
done <deploy/Dockerfile
cd "$stage"
du -sh . | sed 's/\t.*/ without the base image/'

# The environment of the image, and nothing of this shell's but PATH.
in_image() {
    exec env -i PATH="$PATH" "${environment[@]}" PORT="$port" "${@:2}" bash -c "$(declare -f run_exec_form); run_exec_form \"\$0\"" "$1"
}

echo '--- without a token it does not start'
port=0
(in_image "$cmd") >"$scratch/log" 2>&1 </dev/null && fail 'it started without a token' || code=$?
[ "$code" = 2 ] || fail "it ended with $code instead of 2"
cat "$scratch/log"

echo '--- with a token it starts, is healthy, and stops when told'
(in_image "$cmd" MCP_AUTH_TOKEN=for-this-check-only) >"$scratch/log" 2>&1 </dev/null &
server=$!
for _ in $(seq 100); do
    port=$(sed -nE 's|.*https?://[^ ]*:([0-9]+)/sse.*|\1|p' "$scratch/log" | head -1)
    [ -z "$port" ] || break
    kill -0 "$server" 2>/dev/null || fail 'the server ended'
    sleep 0.1
done
[ -n "$port" ] || fail 'the server did not say where it listens'
(in_image "$healthcheck") || fail 'the HEALTHCHECK says it is not healthy'
status() { node -e 'fetch(process.argv[1]).then(({ status }) => console.log(status))' "http://127.0.0.1:$port$1"; }
for expected in '/health 200' '/ready 200' '/ 200' '/sse 401'; do
    path=${expected% *}
    [ "$(status "$path")" = "${expected#* }" ] || fail "GET $path does not answer ${expected#* }"
    echo "GET $expected"
done
kill -TERM "$server"
code=0
wait "$server" || code=$?
server=
[ "$code" = 0 ] || fail "after SIGTERM it ended with $code"
(in_image "$healthcheck") 2>/dev/null && fail 'the HEALTHCHECK says a stopped server is healthy'
echo 'image: fine'
