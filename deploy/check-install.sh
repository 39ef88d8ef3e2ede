#!/usr/bin/env bash
# Runs the commands of docs/deploy.md, "Without Docker", word by word: in a copy of the repository, as root, with this
# machine's /opt and /etc kept as they are. A stand-in for systemctl starts the unit: without systemd, but as another
# user, without capabilities, on a file system that is read-only. What it cannot tell: the unit's other restrictions,
# which systemd-analyze judges where it is installed.
# Needs root, Linux, the network (npm ci) and a minute. It prints `install: fine` and exits with 0, or shows what was wrong.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ "$(uname)" != Linux ] || [ "$(id -u)" != 0 ]; then
    echo 'install: left out, since it needs Linux and root'
    exit 0
fi
# In a mount namespace of its own, nothing that is mounted below is left behind.
[ "${1:-}" = --in-namespace ] || exec unshare --mount "$0" --in-namespace

scratch=$(mktemp -d)
trap 'stop; cd /; umount -l /opt /etc "$scratch"; rmdir "$scratch"' EXIT
export SCRATCH=$scratch

stop() { [ ! -f "$scratch/pid" ] || kill -KILL "$(cat "$scratch/pid")" 2>/dev/null || true; }
fail() {
    echo "install: $1" >&2
    cat "$scratch"/*.log >&2 2>/dev/null || true
    exit 1
}

# Writes to /opt and /etc go to memory.
mount -t tmpfs tmpfs "$scratch"
for folder in opt etc; do
    mkdir -p "$scratch/$folder/upper" "$scratch/$folder/work"
    mount -t overlay overlay -o "lowerdir=/$folder,upperdir=$scratch/$folder/upper,workdir=$scratch/$folder/work" "/$folder"
done
mkdir -p /opt /etc/systemd/system "$scratch/bin" "$scratch/clone"
git ls-files -z --cached --others --exclude-standard | tar --null -T - -cf - | tar -C "$scratch/clone" -xf -

# `systemctl enable --now` and `restart`, as far as the documentation uses them.
cat >"$scratch/bin/systemctl" <<'SYSTEMCTL'
#!/usr/bin/env bash
set -euo pipefail
case "$1 ${*: -1}" in
    'daemon-reload daemon-reload') exit 0 ;;
    'enable mcp-calculator') ;;
    'restart mcp-calculator')
        kill -TERM "$(cat "$SCRATCH/pid")"
        while kill -0 "$(cat "$SCRATCH/pid")" 2>/dev/null; do sleep 0.1; done
        ;;
    *) echo "the stand-in for systemctl does not know: $*" >&2 && exit 1 ;;
esac
unit=/etc/systemd/system/mcp-calculator.service
setting() { sed -n "s/^$1=//p" "$unit"; }
[ "$(stat -c '%a %U' "$(setting EnvironmentFile)")" = '600 root' ] || { echo 'the token can be read by others' >&2 && exit 1; }
mapfile -t environment < <(setting Environment && grep -v '^#' "$(setting EnvironmentFile)")
export -n SCRATCH
# PORT comes last, so that a server which this machine runs already does not matter.
cd "$(setting WorkingDirectory)"
exec >"$SCRATCH/server.log" 2>&1 </dev/null
unshare --mount bash -c '
    for point in / /opt /etc /tmp; do mount -o remount,bind,ro "$point" 2>/dev/null || true; done
    exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all \
        env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin "$@"
' start "${environment[@]}" PORT=0 $(setting ExecStart) &
echo $! >"$SCRATCH/pid"
SYSTEMCTL
chmod +x "$scratch/bin/systemctl"

if command -v systemd-analyze >/dev/null; then
    echo '--- systemd-analyze'
    systemd-analyze verify deploy/mcp-calculator.service || fail 'systemd-analyze finds fault with the unit'
    systemd-analyze security --offline=true --no-pager --threshold=20 deploy/mcp-calculator.service | tail -1
else
    echo '--- systemd-analyze: left out, since it is not installed'
fi

# The blocks of commands below the heading, one file each.
awk -v folder="$scratch" '
    /^## / { inside = /^## Without Docker/ }
    inside && /^```/ { if (open) open = 0; else if (/^```sh/) { open = 1; count++ } ; next }
    open { print > (folder "/block-" count ".sh") }
' docs/deploy.md
[ -f "$scratch/block-3.sh" ] || fail 'docs/deploy.md does not have the three blocks of commands'
run_block() {
    sed 's/^/$ /' "$scratch/block-$1.sh"
    # NODE_ENV=production is what an operator may have in the shell.
    (cd "$scratch/clone" && PATH="$scratch/bin:$PATH" NODE_ENV=production TURBO_TELEMETRY_DISABLED=1 bash -euo pipefail "$scratch/block-$1.sh") </dev/null ||
        fail "the commands end with $?"
}

check_server() {
    local pid port='' token
    pid=$(cat "$scratch/pid")
    for _ in $(seq 100); do
        port=$(sed -nE 's|.*https?://[^ ]*:([0-9]+)/sse.*|\1|p' "$scratch/server.log" | head -1)
        [ -z "$port" ] || break
        kill -0 "$pid" 2>/dev/null || fail 'the server ended'
        sleep 0.1
    done
    [ -n "$port" ] || fail 'the server did not say where it listens'
    sed -nE '/^(Uid|CapBnd|NoNewPrivs)/p' "/proc/$pid/status"
    [ "$(awk '/^Uid/ { print $2 }' "/proc/$pid/status")" = 65534 ] || fail 'the server runs as root'
    [[ "$(nsenter --mount --target "$pid" touch /opt/mcp-calculator/new 2>&1)" == *'Read-only'* ]] || fail 'the folder is not read-only'
    token=$(sed -n 's/^MCP_AUTH_TOKEN=//p' /etc/mcp-calculator.env)
    TOKEN=$token node --input-type=module - "http://127.0.0.1:$port" <<'NODE' || fail 'a request got another answer'
        const url = process.argv[2];
        const headers = {
            'Content-Type': 'application/json',
            Accept: 'application/json, text/event-stream',
            Authorization: `Bearer ${process.env.TOKEN}`
        };
        const meta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {} };
        const params = { name: 'add', arguments: { a: 2, b: 3 }, _meta: meta };
        const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params };
        const modern = { ...headers, 'MCP-Protocol-Version': '2026-07-28', 'Mcp-Method': 'tools/call', 'Mcp-Name': 'add' };
        for (const path of ['/health', '/ready', '/']) {
            const { status } = await fetch(url + path);
            console.log(`GET ${path} ${status}`);
            if (status !== 200) process.exitCode = 1;
        }
        const refused = await fetch(`${url}/mcp`, { method: 'POST', headers: { ...modern, Authorization: '' }, body: JSON.stringify(call) });
        const answer = await fetch(`${url}/mcp`, { method: 'POST', headers: modern, body: JSON.stringify(call) });
        const text = await answer.text();
        console.log(`add 2 + 3 without a token: ${refused.status}; with it: ${text.trim()}`);
        if (refused.status !== 401 || !text.includes('"text":"5"')) process.exitCode = 1;
NODE
}

run_block 1
[ ! -e "$scratch/clone/production/node_modules/turbo" ] || fail 'build tools are in the folder'
[ ! -e "$scratch/clone/production/node_modules/playwright-core" ] || fail 'the browser of the tests is in the folder'
du -sh "$scratch/clone/production" | cut -f1
run_block 2
check_server
first=$(cat "$scratch/pid")
run_block 3
[ "$(cat "$scratch/pid")" != "$first" ] || fail 'the update did not start the server again'
check_server
kill -TERM "$(cat "$scratch/pid")"
for _ in $(seq 100); do kill -0 "$(cat "$scratch/pid")" 2>/dev/null || break; sleep 0.1; done
! kill -0 "$(cat "$scratch/pid")" 2>/dev/null || fail 'SIGTERM did not end the server'
echo 'install: fine'
