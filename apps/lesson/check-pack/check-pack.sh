#!/usr/bin/env bash
# Makes the pack, unpacks it where there is no network, and does lessons 01 to 04 there. Needs root for the network
# namespace, the network for the pack, 3 GB of disk, and about twenty minutes. PACK names a pack that is there already.
set -euo pipefail
cd "$(dirname "$0")/../../.."

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
pack=${PACK:-$room/pack.tgz}
[ -n "${PACK:-}" ] || npm run --silent lesson -- pack --out "$pack"

# Nothing of this machine's npm but its program: no settings, no cache, no registry.
env -i PATH="$PATH" HOME="$room/home" ROOM="$room" PACK="$pack" unshare -n bash -euo pipefail -c '
ip link set lo up
cd "$ROOM" && tar xzf "$PACK" && cd mcp-calculator
echo "--- npm ci"
npm ci
for number in 01 02 03 04; do
    echo "--- lesson $number"
    npm run --silent lesson -- start "$number"
    if npm run --silent lesson -- check "$number" >/dev/null; then echo "the problem passes"; exit 1; fi
    cp -r lessons/$number-*/solution/. lessons/$number-*/work/
    npm run --silent lesson -- check "$number"
done
echo "--- npm start, and MCP Inspector on it"
npm start >"$ROOM/server.log" 2>&1 &
server=$!
trap "kill $server 2>/dev/null || true" EXIT
for _ in $(seq 120); do curl -fsS http://localhost:3001/health 2>/dev/null && break || sleep 1; done
npx -y @modelcontextprotocol/inspector@2.12.0 --cli http://127.0.0.1:3001/mcp --transport http --method tools/list >"$ROOM/tools.json"
grep -q "\"add\"" "$ROOM/tools.json"
echo "--- the pack works without a network"
'
