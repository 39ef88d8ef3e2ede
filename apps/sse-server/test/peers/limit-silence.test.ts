import { once } from 'node:events';
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { limitSilence, WorkerHangs } from '../../src/peers/limit-silence.ts';

let pending: ServerResponse | undefined;
const server = createServer((_req, res) => {
    pending = res;
});
beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => server.close());

const begin = () => request({ port: (server.address() as AddressInfo).port, agent: false });

test('limitSilence lets a request wait as long as the worker answers questions', async () => {
    const outgoing = begin();
    const answered = once(outgoing, 'response');
    let questions = 0;
    limitSilence(outgoing, 5, async () => {
        if (++questions >= 3) pending?.end();
        return true;
    });
    outgoing.end();
    const [answer] = await answered;
    expect(answer.statusCode).toBe(200);
    expect(questions).toBeGreaterThanOrEqual(3);
    answer.resume();
});

test('limitSilence ends a request whose worker answers no question', async () => {
    const outgoing = begin();
    const failed = once(outgoing, 'error');
    limitSilence(outgoing, 5, async () => false);
    outgoing.end();
    expect(await failed).toEqual([expect.any(WorkerHangs)]);
});
