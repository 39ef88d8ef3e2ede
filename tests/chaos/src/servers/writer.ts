// One of two processes that write to the log of one session. It claims the session, writes some events, releases it, and
// also writes while it does not own the session. Each position that it gets is a line of its output: the position, and
// `late` if it got it with an old fence.
import { setTimeout as sleep } from 'node:timers/promises';
import { createRedisBroker } from '@calc/transport/redis';

const [url = '', sessionId = '', countText = '', role = ''] = process.argv.slice(2);
const count = Number(countText);
const AT_ONCE = 50;

const broker = await createRedisBroker({
    url,
    limits: {
        maxSessions: 10,
        idleMs: 600_000,
        maxInboxBytes: 1e9,
        maxInFlight: 4,
        maxEvents: 2 * count,
        maxBytes: Number.MAX_SAFE_INTEGER,
        rememberMs: 60_000,
        maxRememberedPosts: 8
    }
});
if (role === 'first') await broker.open({ id: sessionId, transport: 'sse', credential: 'writer' });
const free = role === 'first' ? { fence: 1 } : undefined;

let last = 0;
let oldFence = 0;
for (let owned = free; last < count; owned = undefined) {
    owned ??= await broker.claim(sessionId);
    if (!owned) {
        await sleep(1);
        continue;
    }
    const { fence } = owned;
    const writes = Array.from({ length: AT_ONCE }, () => write(fence, ''));
    const late = oldFence > 0 ? [write(oldFence, ' late')] : [];
    await Promise.all([...writes, ...late]);
    await broker.release(sessionId, fence);
    oldFence = fence;
}
await broker[Symbol.asyncDispose]();

async function write(fence: number, mark: string): Promise<void> {
    const position = await broker.append(sessionId, fence, { stream: 0, json: `"${role}"` });
    if (typeof position !== 'number') return;
    last = Math.max(last, position);
    console.log(`${position}${mark}`);
}
