import { setTimeout as sleep } from 'node:timers/promises';
import { type Attempt, nothingFor } from '../../attempt.ts';
import { diagnoses } from '../../diagnoses.ts';
import type { Unchecked } from '../../wire/message.ts';
import { expectSum } from './add.ts';
import { openWithTools } from './tools.ts';
import { crossed, type NamedSession, onStreamOf, strayNotification } from './two-clients.ts';

/** A client with its call of `add`. */
interface Caller extends NamedSession {
    call: { id: number; a: number; b: number; progressToken: number };
    /** How many events came before the call. */
    from: number;
}

/** A server may answer a POST only when the call has ended: the second call does not wait longer, in milliseconds. */
const MAX_AHEAD_MS = 50;

/**
 * Two clients call `add` at once, with the same id. Fails unless on each stream comes exactly one reply, with the right
 * sum, and not a number of the other client.
 */
export async function callAtOnce(attempt: Attempt, clients: readonly [NamedSession, NamedSession]): Promise<void> {
    const id = attempt.random.integer(1, 900_000);
    const one = prepare(attempt, clients[0], id);
    const two = prepare(attempt, clients[1], id);
    const callers = [one, two];
    const posted = one.session.post(toMessage(one));
    // In this order, so that a fault shows itself in the same way each time.
    await Promise.race([posted, sleep(MAX_AHEAD_MS)]);
    await Promise.all([posted, two.session.post(toMessage(two))]);
    attempt.lastSent = callers.map(caller => JSON.stringify(toMessage(caller))).join('\n');

    const foreign = Promise.any([untilForeign(attempt, one, two), untilForeign(attempt, two, one)]);
    const complete = Promise.all(callers.map(caller => untilReply(attempt, caller, id)));
    await Promise.race([complete, foreign.catch(() => complete)]);
    expectOwn(attempt, one, two);
    expectOwn(attempt, two, one);
    for (const caller of callers) await expectReply(attempt, caller);

    // A reply too many comes before the reply to this ping.
    await Promise.all(callers.map(({ session }) => session.post({ id: id + 1, method: 'ping' })));
    await Promise.all(callers.map(caller => untilReply(attempt, caller, id + 1)));
    expectOwn(attempt, one, two);
    expectOwn(attempt, two, one);
    for (const caller of callers) expectNoSecond(attempt, caller);
}

function prepare(attempt: Attempt, client: NamedSession, id: number): Caller {
    // Nine digits, so that a number of the other client is not on a stream by chance.
    const number = () => attempt.random.integer(100_000_000, 400_000_000);
    const call = { id, a: number(), b: number(), progressToken: number() };
    return { ...client, call, from: client.session.stream.events.length };
}

const toMessage = ({ call: { id, a, b, progressToken } }: Caller) => ({
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: { name: 'add', arguments: { a, b }, _meta: { progressToken } }
});

/** Waits until a request has a reply, or until the time limit or the end of the stream. */
async function untilReply(attempt: Attempt, caller: Caller, id: number): Promise<void> {
    await caller.session.stream.until(() => repliesTo(caller, id).length > 0, attempt.limitMs);
}

function repliesTo({ session, from }: Caller, id: number) {
    const messages = session.stream.events.slice(from).map(({ data }) => parse(data));
    return messages.filter(message => message?.id === id && ('result' in message || 'error' in message));
}

/** Resolves as soon as a number of the neighbour comes on the stream of the caller; rejects if none does. */
async function untilForeign(attempt: Attempt, caller: Caller, neighbour: Caller): Promise<void> {
    const hasCome = () => findForeign(caller, neighbour) !== undefined;
    if (!(await caller.session.stream.until(hasCome, attempt.limitMs))) throw new Error('none');
}

function expectOwn(attempt: Attempt, caller: Caller, neighbour: Caller): void {
    const foreign = findForeign(caller, neighbour);
    if (!foreign) return;
    const diagnosis = parse(foreign.data)?.method === undefined ? crossed : strayNotification;
    throw attempt.failure({ received: onStreamOf(caller, foreign.data), ...diagnosis });
}

function findForeign({ session, from }: Caller, { call: { a, b, progressToken } }: Caller) {
    const numbers = [a, b, a + b, progressToken];
    return session.stream.events.slice(from).find(({ data }) => numbers.some(number => data.includes(`${number}`)));
}

async function expectReply(attempt: Attempt, caller: Caller): Promise<void> {
    const { id, a, b } = caller.call;
    const [reply] = repliesTo(caller, id);
    const nothing = onStreamOf(caller, nothingFor(attempt.limitMs));
    if (!reply) throw attempt.timeout({ ...diagnoses.noReply, received: nothing });
    if (!reply.result || reply.result.isError) await expectTool(attempt);
    if (!reply.result) throw attempt.failure({ received: JSON.stringify(reply) });
    expectSum(attempt, reply.result, a + b);
}

/** Fails if the server has no such tool; it says so in words of its own. */
async function expectTool(attempt: Attempt): Promise<void> {
    const { lastSent } = attempt;
    await openWithTools(attempt, 'add');
    attempt.lastSent = lastSent;
}

function expectNoSecond(attempt: Attempt, caller: Caller): void {
    const [, second] = repliesTo(caller, caller.call.id);
    if (!second) return;
    throw attempt.failure({ ...diagnoses.repliedTwice, received: onStreamOf(caller, JSON.stringify(second)) });
}

function parse(data: string): Unchecked {
    try {
        return JSON.parse(data);
    } catch {
        return undefined;
    }
}
