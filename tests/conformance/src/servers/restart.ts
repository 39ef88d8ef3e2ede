import { type Connection, connect, runOn } from '@calc/sdk-client';
import { GOOD, toBadCell } from '../cell.ts';
import { parseOutcome, toReason, toText } from './answers.ts';
import type { OtherServer } from './servers.ts';

const CALLS = 100;
/** So many calls wait at once. */
const LANES = 10;
const KILLED_AFTER = 50;
/** The calls before this one may meet a server that is down; this one and those after it, only one that is up. */
const UP_AGAIN_FROM = 76;
/** Longer than any call should take, so that one that hangs is seen to hang. */
const TIMEOUT_MS = 30_000;
/** Within this time a call is to be answered or to have failed. */
const LIMIT_MS = 5_000;

/** What became of the calls. */
interface Restart {
    answered: number;
    /** How many of those were made when the server was up again. */
    answeredAfterwards: number;
    /** How many calls failed for each reason. */
    failures: Map<string, number>;
    longestMs: number;
}

/** Does it and says how it went: a cell in stable words, and the figures and reasons by `tell`. */
export async function tryRestart(server: OtherServer, url: URL, tell: (line: string) => void): Promise<string> {
    try {
        const { answered, answeredAfterwards, failures, longestMs } = await restartInTheMiddle(server, url);
        tell(
            `${CALLS} calls, the server killed in the middle: ${answered} answered, ${Math.round(longestMs)} ms at most`
        );
        for (const [reason, count] of failures) tell(`  ${count} failed, ${reason}`);
        return `${GOOD} ${answeredAfterwards} of ${CALLS - UP_AGAIN_FROM + 1} afterwards`;
    } catch (error) {
        return toBadCell(error);
    }
}

/**
 * Kills the server in the middle of calls of `echo` on one connection, and starts it again on the same port.
 *
 * @throws {Error} if a call is answered wrongly, or takes longer than 5 s.
 */
async function restartInTheMiddle({ start }: OtherServer, url: URL): Promise<Restart> {
    const port = Number(url.port);
    let running = await start(port);
    try {
        await using connection = await connect({
            url,
            transport: 'auto',
            headers: new Headers(),
            timeoutMs: TIMEOUT_MS,
            connectTimeoutMs: TIMEOUT_MS,
            reconnectTimeoutMs: TIMEOUT_MS,
            trace: undefined,
            signal: new AbortController().signal
        });
        let restarted = Promise.resolve();
        const restart = async () => {
            await running[Symbol.asyncDispose]();
            running = await start(port);
        };
        const outcome: Restart = { answered: 0, answeredAfterwards: 0, failures: new Map(), longestMs: 0 };
        let made = 0;
        let ended = 0;
        const lane = async () => {
            while (made < CALLS) {
                const call = ++made;
                const isAfterwards = call >= UP_AGAIN_FROM;
                if (isAfterwards) await restarted;
                const { reason, ms } = await echo(connection, `call ${call}.`);
                if (reason !== undefined) outcome.failures.set(reason, (outcome.failures.get(reason) ?? 0) + 1);
                else {
                    outcome.answered++;
                    if (isAfterwards) outcome.answeredAfterwards++;
                }
                outcome.longestMs = Math.max(outcome.longestMs, ms);
                if (++ended === KILLED_AFTER) restarted = restart();
            }
        };
        const lanes = await Promise.allSettled(Array.from({ length: LANES }, lane));
        await restarted;
        for (const each of lanes) if (each.status === 'rejected') throw each.reason;
        if (outcome.longestMs > LIMIT_MS) throw new Error(`a call took ${Math.round(outcome.longestMs)} ms`);
        return outcome;
    } finally {
        await running[Symbol.asyncDispose]();
    }
}

/** One call, and why it failed if it did. */
async function echo(connection: Connection, message: string): Promise<{ reason?: string; ms: number }> {
    const startedAt = performance.now();
    const printed = { stdout: '', stderr: '' };
    const code = await runOn(connection, ['call', 'echo', `message=${message}`, '--json'], {
        stdout: data => {
            printed.stdout += data;
        },
        stderr: text => {
            printed.stderr += text;
        },
        signal: new AbortController().signal,
        readInput: async () => ''
    });
    const ms = performance.now() - startedAt;
    if (code !== 0) return { reason: toReason({ code, ...printed }), ms };
    const text = toText(parseOutcome({ code, ...printed }));
    // Some servers answer with more than the message.
    if (!text.includes(message)) throw new Error(`${message} was answered with ${text}`);
    return { ms };
}
