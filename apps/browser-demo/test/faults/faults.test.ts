import { expect, test } from 'vitest';
import { createFaults } from '../../src/faults/faults.ts';

function faultsAt(answer: () => Response) {
    const asked: { url: string; body: unknown }[] = [];
    const faults = createFaults({
        url: 'http://calculator.test/calc/',
        fetch: async (input, init) => {
            asked.push({ url: String(input), body: JSON.parse(String(init?.body)) });
            return answer();
        }
    });
    return { faults, asked };
}

test('each fault is one POST relative to the page, for one session', async () => {
    const { faults, asked } = faultsAt(() => Response.json({ done: true }));
    await faults.drop('one');
    await faults.stall('one', 5);
    await faults.outage('one', 7);
    await faults.forget('one');
    const base = 'http://calculator.test/calc/faults';
    expect(asked).toEqual([
        { url: `${base}/drop`, body: { sessionId: 'one' } },
        { url: `${base}/stall`, body: { sessionId: 'one', ms: 5 } },
        { url: `${base}/outage`, body: { sessionId: 'one', ms: 7 } },
        { url: `${base}/forget`, body: { sessionId: 'one' } }
    ]);
});

test('a fault that the server does not inject is rejected with the reason', async () => {
    const error = { jsonrpc: '2.0', error: { code: -32001, message: 'Session not found' }, id: null };
    const unknown = faultsAt(() => Response.json(error, { status: 404 })).faults.drop('one');
    await expect(unknown).rejects.toMatchObject({
        code: 'refused',
        message: 'the server answered 404: Session not found'
    });
    const lost = faultsAt(() => {
        throw new TypeError('fetch failed');
    }).faults.drop('one');
    await expect(lost).rejects.toMatchObject({ code: 'unreachable' });
});
