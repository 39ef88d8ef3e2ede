import { type Attempt, nothingFor } from '../../attempt.ts';
import { diagnoses } from '../../diagnoses.ts';
import { expectSum } from './add.ts';
import { crossed, type NamedSession, onStreamOf, strayNotification } from './two-clients.ts';

const CALLS = 3;

interface Call {
    id: number;
    a: number;
    b: number;
    progressToken: number;
}

/** A client with its calls. */
interface Caller extends NamedSession {
    calls: Call[];
    /** How many events came before the calls. */
    from: number;
}

/**
 * Two clients call `add` several times at once, with the same ids. Fails unless on each stream comes exactly one
 * reply to each call, with the right sum, and not a number of the other client.
 */
export async function callAtOnce(attempt: Attempt, clients: readonly [NamedSession, NamedSession]): Promise<void> {
    const firstId = attempt.random.integer(1, 900_000);
    const one = prepare(attempt, clients[0], firstId);
    const two = prepare(attempt, clients[1], firstId);
    const callers = [one, two];
    await Promise.all(callers.flatMap(({ session, calls }) => calls.map(call => session.post(toMessage(call)))));
    attempt.lastSent = callers.map(({ calls: [call] }) => call && JSON.stringify(toMessage(call))).join('\n');

    const ids = one.calls.map(({ id }) => id);
    const foreign = Promise.any([untilForeign(attempt, one, two), untilForeign(attempt, two, one)]);
    const complete = Promise.all(callers.map(caller => untilReplies(attempt, caller, ids)));
    await Promise.race([complete, foreign.catch(() => complete)]);
    expectOwn(attempt, one, two);
    expectOwn(attempt, two, one);
    for (const caller of callers) expectSums(attempt, caller);

    // A reply too many comes before the reply to this ping.
    const id = firstId + CALLS;
    await Promise.all(callers.map(({ session }) => session.post({ id, method: 'ping' })));
    await Promise.all(callers.map(caller => untilReplies(attempt, caller, [id])));
    expectOwn(attempt, one, two);
    expectOwn(attempt, two, one);
    for (const caller of callers) expectOneEach(attempt, caller);
}

function prepare(attempt: Attempt, client: NamedSession, firstId: number): Caller {
    // Nine digits, so that a number of the other client is not on a stream by chance.
    const number = () => attempt.random.integer(100_000_000, 400_000_000);
    const calls = Array.from({ length: CALLS }, (_, index) => ({
        id: firstId + index,
        a: number(),
        b: number(),
        progressToken: number()
    }));
    return { ...client, calls, from: client.session.stream.events.length };
}

const toMessage = ({ id, a, b, progressToken }: Call) => ({
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: { name: 'add', arguments: { a, b }, _meta: { progressToken } }
});

/** Waits until each of the ids has a reply, or until the time limit or the end of the stream. */
async function untilReplies(attempt: Attempt, caller: Caller, ids: number[]): Promise<void> {
    const haveCome = () => ids.every(id => repliesTo(caller, id).length > 0);
    await caller.session.stream.until(haveCome, attempt.limitMs);
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

function findForeign({ session, from }: Caller, neighbour: Caller) {
    const numbers = neighbour.calls.flatMap(({ a, b, progressToken }) => [a, b, a + b, progressToken]);
    return session.stream.events.slice(from).find(({ data }) => numbers.some(number => data.includes(`${number}`)));
}

function expectSums(attempt: Attempt, caller: Caller): void {
    for (const { id, a, b } of caller.calls) {
        const [reply] = repliesTo(caller, id);
        const nothing = onStreamOf(caller, nothingFor(attempt.limitMs));
        if (!reply) throw attempt.timeout({ ...diagnoses.noReply, received: nothing });
        if (!reply.result) throw attempt.failure({ received: JSON.stringify(reply) });
        expectSum(attempt, reply.result, a + b);
    }
}

function expectOneEach(attempt: Attempt, caller: Caller): void {
    for (const { id } of caller.calls) {
        const [, second] = repliesTo(caller, id);
        if (second)
            throw attempt.failure({
                ...diagnoses.repliedTwice,
                received: onStreamOf(caller, JSON.stringify(second))
            });
    }
}

// biome-ignore lint/suspicious/noExplicitAny: the messages of an unknown server have any shape
function parse(data: string): any {
    try {
        return JSON.parse(data);
    } catch {
        return undefined;
    }
}
