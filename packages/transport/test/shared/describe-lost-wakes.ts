import { call, createGate, createPusher, createServer, note, openMcp, openStream } from '@calc/test-helpers/wire';
import { expect, test } from 'vitest';
import { type Broker, BrokerUnavailable, type WakeListener } from '../../src/broker/broker.ts';
import { type MakeBrokers, serveProcesses } from './serve-processes.ts';

/** Lets a test say that a process has lost its wakes, which then do not come. */
function createLoss() {
    const loss = {
        /** The wakes of the process are lost from now on. */
        isLosing: false,
        /** The process learns that its wakes were lost. */
        report: () => {},
        change: (broker: Broker): Partial<Broker> => ({
            onWake: listener => broker.onWake((...wake) => loss.isLosing || listener(...wake)),
            onLost(listener) {
                loss.report = () => listener('wakes');
            }
        })
    };
    return loss;
}

/** What a process does after it was away: its wakes are gone, or commands were rejected. */
export function describeLostWakes(brokers: MakeBrokers): void {
    test('a process that has lost wakes keeps the streams that it holds, and its calls', async () => {
        const pusher = createPusher();
        const loss = createLoss();
        await using processes = await serveProcesses(1, brokers, {
            createServer: pusher.createServer,
            isRepeatable: () => false,
            change: loss.change
        });
        const [process] = processes;
        await using stream = await openStream(process?.sseUrl ?? '');
        await stream.initialize();
        await stream.post(call(1, 'slow'));
        await using client = await openMcp(process?.mcpUrl ?? '');
        const answer = client.post(call(2, 'slow'));
        await expect.poll(() => pusher.replies.length).toBe(2);
        loss.report();
        for (const reply of pusher.replies) await reply({ ran: 'once' });
        expect(await stream.findReply(1)).toMatchObject({ result: { ran: 'once' } });
        const { events, body } = await answer;
        await events?.ended;
        expect(JSON.stringify(events?.messages() ?? body)).toContain('once');
    });

    test('a process that has lost wakes sends what has come meanwhile', async () => {
        const pusher = createPusher();
        const loss = createLoss();
        await using processes = await serveProcesses(2, brokers, {
            createServer: pusher.createServer,
            change: (broker, number) => (number === 1 ? loss.change(broker) : {})
        });
        const [first, second] = processes;
        await using opened = await openStream(first?.sseUrl ?? '');
        await opened.initialize();
        await using stream = await openStream(second?.sseUrl ?? '', { 'Last-Event-ID': opened.lastEventId });
        loss.isLosing = true;
        await pusher.push(note('meanwhile'));
        loss.isLosing = false;
        loss.report();
        await stream.find(frame => frame.kind === 'event' && frame.data.includes('meanwhile'));
    });

    test('a process that has lost wakes ends a stream that another process holds, and sends nothing on it', async () => {
        const pusher = createPusher();
        const loss = createLoss();
        await using processes = await serveProcesses(2, brokers, {
            createServer: pusher.createServer,
            change: (broker, number) => (number === 0 ? loss.change(broker) : {})
        });
        const [first, second] = processes;
        await using former = await openStream(first?.sseUrl ?? '');
        await former.initialize();
        loss.isLosing = true;
        await using stream = await openStream(second?.sseUrl ?? '', { 'Last-Event-ID': former.lastEventId });
        loss.report();
        await pusher.push(note('after'));
        await former.ended;
        await stream.find(frame => frame.kind === 'event' && frame.data.includes('after'));
        expect(JSON.stringify(former.messages())).not.toContain('after');
    });

    test('a process that has lost wakes breaks off the response to a POST whose answer another may have sent', async () => {
        const pusher = createPusher();
        const loss = createLoss();
        await using processes = await serveProcesses(2, brokers, {
            createServer: pusher.createServer,
            change: (broker, number) => (number === 1 ? loss.change(broker) : {})
        });
        const [first, second] = processes;
        await using client = await openMcp(first?.mcpUrl ?? '');
        const answer = await fetch(second?.mcpUrl ?? '', {
            method: 'POST',
            headers: {
                'Content-Type': 'application/json',
                Accept: 'application/json, text/event-stream',
                'Mcp-Session-Id': client.sessionId,
                'MCP-Protocol-Version': '2025-11-25'
            },
            body: JSON.stringify(call(1, 'slow'))
        });
        let text = '';
        const read = async () => {
            for await (const chunk of answer.body ?? []) text += Buffer.from(chunk).toString();
        };
        const isBroken = read().then(
            () => false,
            () => true
        );
        await expect.poll(() => text).toContain('id: ');
        loss.isLosing = true;
        await pusher.replies[0]?.({ ran: 'once' });
        const again = await client.open(/id: (\S+)/.exec(text)?.[1]);
        expect(await again.findReply(1)).toMatchObject({ result: { ran: 'once' } });
        loss.report();
        expect(await isBroken).toBe(true);
        expect(text).not.toContain('once');
    });

    test('a process that has lost wakes looks at 20 streams at a time', async () => {
        const loss = createLoss();
        let [running, most, done] = [0, 0, 0];
        await using processes = await serveProcesses(1, brokers, {
            createServer,
            change: broker => ({
                ...loss.change(broker),
                async holds(...place) {
                    most = Math.max(most, ++running);
                    return broker.holds(...place).finally(() => {
                        running--;
                        done++;
                    });
                }
            })
        });
        const url = processes[0]?.sseUrl ?? '';
        const streams = await Promise.all(Array.from({ length: 30 }, () => openStream(url)));
        loss.report();
        await expect.poll(() => done).toBe(30);
        expect(most).toBe(20);
        for (const stream of streams) stream.cut();
    });

    test.each(['unhold', 'endIfUnheld'] as const)(
        'a session whose client leaves ends when the broker is back that was away for %s',
        async name => {
            let isAway = true;
            let attempts = 0;
            const awayWith = <Args extends unknown[], T>(step: (...args: Args) => Promise<T>) => {
                return async (...args: Args) => {
                    attempts++;
                    if (isAway) throw new BrokerUnavailable('away');
                    return await step(...args);
                };
            };
            await using processes = await serveProcesses(1, brokers, {
                createServer,
                limits: { resumeWindowMs: 50 },
                change: broker => ({
                    [name]: awayWith<never[], unknown>((...args) => Reflect.apply(broker[name], broker, args))
                })
            });
            const [process] = processes;
            const stream = await openStream(process?.sseUrl ?? '');
            await stream.initialize();
            stream.cut();
            await expect.poll(() => attempts).toBeGreaterThan(1);
            expect(process?.sessions.size).toBe(1);
            isAway = false;
            await expect.poll(() => process?.sessions.size).toBe(0);
        }
    );

    test('a claim that is asked for while another one is on its way is made if that one fails', async () => {
        const pusher = createPusher();
        let wake: WakeListener = () => {};
        const [asked, answered] = [createGate(), createGate()];
        let [claims, credential] = [0, ''];
        await using processes = await serveProcesses(2, brokers, {
            createServer: pusher.createServer,
            isRepeatable: () => true,
            change: (broker, number) => ({
                onWake(listener) {
                    if (number === 1) wake = listener;
                    broker.onWake(listener);
                },
                async open(session) {
                    credential = session.credential;
                    return await broker.open(session);
                },
                async claim(sessionId) {
                    const claim = await broker.claim(sessionId);
                    if (number === 0 || ++claims > 1) return claim;
                    asked.open();
                    await answered.opened;
                    return claim;
                }
            })
        });
        const [first, second] = processes;
        await using stream = await openStream(first?.sseUrl ?? '');
        await stream.initialize();
        // The owner lives.
        wake(stream.sessionId, 'orphaned');
        await asked.opened;
        await first?.crash();
        const find = () => second?.broker.find(stream.sessionId, credential);
        await expect.poll(async () => await find()).toMatchObject({ owner: undefined });
        wake(stream.sessionId, 'orphaned');
        answered.open();
        await expect.poll(() => second?.sessions.size).toBe(1);
    });
}
