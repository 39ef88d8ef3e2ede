import { call, createEcho, createGate, createPusher, createRecorder, openMcp } from '@calc/test-helpers/wire';
import { expect, test } from 'vitest';
import { BrokerUnavailable } from '../../src/broker/broker.ts';
import { type MakeBrokers, serveProcesses } from './serve-processes.ts';

/** What becomes of the answers of /mcp. */
export function describeAnswers(brokers: MakeBrokers): void {
    test('a repeated POST of /mcp gets the answer although the broker did not say in time that it holds the stream', async () => {
        const pusher = createPusher();
        const { happened, observer } = createRecorder();
        const isLate = createGate();
        let attempts = 0;
        await using processes = await serveProcesses(1, brokers, {
            createServer: pusher.createServer,
            observer,
            change: broker => ({
                async hold(...place) {
                    if (++attempts > 1) return await broker.hold(...place);
                    await isLate.opened;
                    throw new BrokerUnavailable('the reply was lost');
                }
            })
        });
        await using client = await openMcp(processes[0]?.mcpUrl ?? '');
        const [first, second] = await Promise.all([client.post(call(1, 'slow')), client.post(call(1, 'slow'))]);
        expect([first.status, second.status, attempts]).toEqual([200, 200, 1]);
        isLate.open();
        await first.events?.ended;
        await pusher.replies[0]?.({ ran: 'once' });
        expect(await second.events?.findReply(1)).toMatchObject({ result: { ran: 'once' } });
        expect([happened.filter(what => /defect|rejected/.test(what)), pusher.replies.length]).toEqual([[], 1]);
    });

    test('all answers of parallel calls come, although their holder reads them late and the session keeps less', async () => {
        const { happened, observer } = createRecorder();
        const [isBegun, isDone] = [createGate(), createGate()];
        const size = 20_000;
        await using processes = await serveProcesses(2, brokers, {
            createServer: () => createEcho(),
            observer,
            limits: { maxBufferedBytes: size },
            change: (broker, number) => ({
                async read(...place) {
                    isBegun.open();
                    if (number === 1) await isDone.opened;
                    return await broker.read(...place);
                }
            })
        });
        const [first, second] = processes;
        await using client = await openMcp(first?.mcpUrl ?? '');
        const ids = [1, 2, 3, 4, 5, 6, 7, 8];
        const answers = ids.map(id => post(second?.mcpUrl, client.sessionId, call(id, 'x', toLength(size))));
        const replies = () => happened.filter(what => what === 'sent reply').length;
        // With the one to `initialize`.
        await expect.poll(replies).toBe(ids.length + 1);
        await isBegun.opened;
        isDone.open();
        expect((await Promise.all(answers)).map(({ reply }) => reply)).toEqual(
            ids.map(id => expect.objectContaining({ id, result: expect.anything() }))
        );
    });
}

/** Two calls whose answers are gone before they are sent get an error and not silence. */
export async function loseAnswers(brokers: MakeBrokers): Promise<void> {
    const size = 20_000;
    const isDropped = createGate();
    let reads = 0;
    const pusher = createPusher();
    await using processes = await serveProcesses(2, brokers, {
        createServer: pusher.createServer,
        limits: { maxBufferedBytes: size },
        change: (broker, number) => ({
            async read(...place) {
                const reading = await broker.read(...place);
                if (number === 0) return reading;
                // The reply does not come, as if Redis were away then.
                reads++;
                await isDropped.opened;
                return await broker.read(...place);
            }
        })
    });
    const [first, second] = processes;
    await using client = await openMcp(first?.mcpUrl ?? '');
    const answers = [1, 2].map(id => post(second?.mcpUrl, client.sessionId, call(id, 'slow')));
    await expect.poll(() => pusher.replies.length).toBe(2);
    await Promise.all(pusher.replies.map(reply => reply({ text: 'x'.repeat(size) })));
    await expect.poll(() => reads).toBe(2);
    for (let count = 0; count < 6; count++) {
        const answer = post(first?.mcpUrl, client.sessionId, call(10 + count, 'slow'));
        await expect.poll(() => pusher.replies.length).toBe(3 + count);
        await pusher.replies.at(-1)?.({ text: 'x'.repeat(size) });
        expect(await answer).toMatchObject({ status: 200 });
    }
    isDropped.open();
    for (const [index, { status, reply }] of (await Promise.all(answers)).entries()) {
        expect([200, 409]).toContain(status);
        expect(reply).toMatchObject({ id: index + 1, error: { code: -32010 } });
    }
}

const toLength = (length: number) => ({ arguments: { length } });

/** Posts a message and returns the one that answers it, whether it comes as JSON or as an event. */
async function post(url = '', sessionId: string, message: object) {
    const response = await fetch(url, {
        method: 'POST',
        headers: {
            'Content-Type': 'application/json',
            Accept: 'application/json, text/event-stream',
            'Mcp-Session-Id': sessionId,
            'MCP-Protocol-Version': '2025-11-25'
        },
        body: JSON.stringify(message)
    });
    const text = await response.text();
    const [json = 'null'] = /\{.*\}/.exec(text) ?? [];
    return { status: response.status, reply: JSON.parse(json) };
}
