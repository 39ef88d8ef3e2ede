// P8: what clients get while Redis is away, and after that.

import { setTimeout as sleep } from 'node:timers/promises';
import { ALICE } from '../systems.ts';
import { received, until } from '../wait.ts';
import { notMeasurable, type Outcome, passedIf, type Quiet, toMs } from './promise.ts';
import { as, ask, openReadyMcp, openReadySse, postTo, toCall } from './requests.ts';

/** Time from the end of Redis until all processes must have noticed, in milliseconds. */
const NOTICE_MS = 2000;
const AWAY_MS = 4000;
const BACK_MS = 10_000;
const TIMES = 5;

export async function probeOutage({ cluster, system }: Quiet): Promise<Outcome> {
    const { redis, servers, balancer } = cluster;
    if (!redis) return notMeasurable(`no Redis: ${system.title}`);
    const { url } = balancer;
    const streams = await Promise.all(Array.from({ length: TIMES }, () => openReadySse(url)));
    const dropped = await openReadySse(url);
    const mcp = await openReadyMcp(url);
    dropped.cut();
    const ended = new Set<unknown>();
    for (const stream of streams) void stream.ended.then(() => ended.add(stream));

    await redis.kill();
    await sleep(NOTICE_MS);
    const frames = streams.map(({ frames }) => frames.length);
    const statuses: string[] = [];
    let wrong = 0;
    const expect = (isGood: boolean, what: string) => {
        if (isGood) return;
        wrong++;
        statuses.push(what);
    };
    for (const stream of streams) {
        const { status, headers } = await postTo(stream, toCall('away', 'chaos 0'), 5000).catch(late);
        expect(status === 503 && headers['retry-after'] !== undefined, `POST /messages ${status}`);
    }
    const session = { 'Mcp-Session-Id': mcp.sessionId, 'MCP-Protocol-Version': '2025-11-25' };
    const sent = await ask(`${url}/mcp`, 'POST', { ...as(ALICE), ...session }, toCall('away', 'chaos 0'), 5000).catch(
        late
    );
    expect(sent.status === 503 && sent.headers['retry-after'] !== undefined, `POST /mcp ${sent.status}`);
    const fresh = await ask(`${url}/sse`, 'GET', { ...as(ALICE), Accept: 'text/event-stream' }).catch(late);
    expect(fresh.status === 503, `new GET /sse ${fresh.status}`);
    const resumed = await received(openRaw(url, dropped.lastEventId), 5000);
    expect(resumed === 200, `GET /sse with Last-Event-ID ${resumed ?? 'no answer'}`);
    const reasons: string[] = [];
    for (const { port } of servers) {
        const { status, body } = await ask(`http://127.0.0.1:${port}/ready`, 'GET', {}).catch(late);
        expect(status === 503 && /redis/i.test(body), `/ready ${status} ${body.slice(0, 80)}`);
        reasons.push(body);
    }
    await sleep(AWAY_MS);
    const beats = streams.map((stream, index) => stream.frames.slice(frames[index]).filter(isComment).length);
    expect(ended.size === 0, `${ended.size} of ${TIMES} streams ended`);
    expect(Math.min(...beats) > 0, 'a stream without heartbeats');

    const startedAt = performance.now();
    await redis.start();
    const works = async () => {
        const replies = streams.map(async (stream, index) => {
            const id = `back ${index} ${performance.now()}`;
            const { status } = await postTo(stream, toCall(id, 'chaos 0')).catch(late);
            return status === 202 && (await received(stream.findReply(id), 2000)) !== undefined;
        });
        return (await Promise.all(replies)).every(Boolean);
    };
    const isBack = await until(works, BACK_MS);
    const backMs = performance.now() - startedAt;
    expect(isBack, 'not all sessions worked again');
    const shown = [
        `Redis away for ${(NOTICE_MS + AWAY_MS) / 1000} s; wrong answers ${wrong}${wrong ? ` (${statuses.join(', ')})` : ''}`,
        `streams ended ${ended.size} of ${TIMES}, heartbeats ${Math.min(...beats)} to ${Math.max(...beats)}`,
        `\`/ready\`: ${reasons[0]?.slice(0, 100) ?? ''}`,
        `all worked again ${toMs(backMs)} after Redis`
    ];
    for (const stream of streams) stream.cut();
    await received(mcp.delete(), 2000);
    return passedIf(wrong === 0, shown.join('; '));
}

const late = () => ({ status: 0, headers: {} as Record<string, string>, body: 'no answer' });

const isComment = ({ kind }: { kind: string }) => kind === 'comment';

/** Only the status: while Redis is away, the stream may have no events. */
async function openRaw(url: string, lastEventId: string): Promise<number> {
    const headers = { ...as(ALICE), Accept: 'text/event-stream', 'Last-Event-ID': lastEventId };
    return (await ask(`${url}/sse`, 'GET', headers)).status;
}
