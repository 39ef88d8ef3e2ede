import { call, createGate, createPusher, createRecorder, openMcp } from '@calc/test-helpers/wire';
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
}
