import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { runNode } from '@calc/test-helpers';
import { expect, onTestFinished, test } from 'vitest';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

// That both servers get the port is tested by .ci/run: Vite and tsx together take seconds to start.
test('npm run dev fails as a whole, in one line, if the port that PORT names is taken or is not a port', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void taken.close());
    await once(taken, 'listening');
    const { port: takenPort } = taken.address() as AddressInfo;
    for (const [port, message] of [
        [String(takenPort), /^Port \d+ is taken; choose another, or leave PORT out\n$/],
        ['65536', /^PORT must be a number from 0 to 65535, got "65536"\n$/]
    ] as const) {
        await using dev = runNode(`${root}scripts/dev.mjs`, [], { PORT: port }, '', root);
        expect(await dev.ended).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(message) });
    }
});
