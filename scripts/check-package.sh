#!/usr/bin/env bash
# Packs @calc/transport as it would be published, lets publint and attw judge the tarball, installs it in an empty folder,
# and runs the examples of its README there, type-checked by TypeScript 5.9 and 7.
# Needs the network and a minute. It prints `package: fine` and exits with 0, or shows what was wrong.
set -euo pipefail
cd "$(dirname "$0")/.."

tarball=$(npm run --silent pack:transport)
tar -tzf "$tarball" | sort
npx -y publint@0.3.25 --strict "$tarball"
npx -y @arethetypeswrong/cli@0.18.5 --profile esm-only "$tarball"

scratch=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$scratch"' EXIT
readme=$PWD/packages/transport/README.md
lock=$PWD/package-lock.json
version() { node -p "require('$lock').packages['node_modules/$1'].version"; }
libraries=
for name in @modelcontextprotocol/sdk express @types/express @types/node zod; do libraries+=" $name@$(version "$name")"; done
cd "$scratch"
echo '{ "type": "module", "private": true }' >package.json
# shellcheck disable=SC2086
npm install --silent --no-audit --no-fund "$tarball" $libraries typescript@npm:typescript@$(version typescript) typescript-5@npm:typescript@5.9.3

# An example is JavaScript and TypeScript at once, so that one text is type-checked and run.
for number in 1 2; do
    awk -v n=$number '/^```/ { if (inside) inside = 0; else if (/^```ts$/) inside = ++count == n; next } inside' "$readme" >"example-$number.ts"
    test -s "example-$number.ts"
    cp "example-$number.ts" "example-$number.js"
done
# The SDK's own declarations do not pass without skipLibCheck: they name HeadersInit, which no package of theirs declares.
options='--noEmit --strict --skipLibCheck --target es2023 --module nodenext --types node'
for compiler in typescript typescript-5; do
    # shellcheck disable=SC2086
    node "node_modules/$compiler/bin/tsc" $options example-1.ts example-2.ts
    echo "types: $(node "node_modules/$compiler/bin/tsc" --version)"
done

port=$(node -e "const server = require('net').createServer().listen(0, '127.0.0.1', () => { console.log(server.address().port); server.close(); })")
PORT=$port node example-1.js &
server=$!
for _ in $(seq 100); do curl -sI http://127.0.0.1:$port/sse >/dev/null && break || sleep 0.1; done
answer=$(URL=http://127.0.0.1:$port/sse node example-2.js)
echo "the examples: add 2 and 3 gives $answer"
test "$answer" = '[{"type":"text","text":"5"}]'
kill "$server"
wait "$server"
server=
echo 'package: fine'
