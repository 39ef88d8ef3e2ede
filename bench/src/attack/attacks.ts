import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPostPool } from '../driver/http/post-pool.ts';
import { BenchError, withDeadline } from '../errors.ts';
import { type Attacker, type AttackerOptions, type Fate, startAttacker } from './attacker.ts';

/** Whom the attackers are up against. */
export interface Target {
    port: number;
    /** A token that the attackers have got hold of, and the path of a session that it opens. */
    stolen: { token: string; endpoint: string };
    /** How long an attack that sends requests lasts, in seconds. */
    seconds: number;
    /** After which an attacker's connection must be cut, in milliseconds. */
    cutWithinMs: number;
}

/** What became of the attackers. */
export interface Damage {
    /** How often each status was answered; `none` for a connection that was cut without a word. */
    answers: ReadonlyMap<string, number>;
    /** How long each connection was open until it was cut, in milliseconds; nothing where none had to be. */
    openMs: readonly number[];
}

export type Attack = (target: Target) => Promise<Damage>;

/** All at once would measure how fast this process opens connections. */
const OPENED_TOGETHER = 20;
const OPEN_EVERY_MS = 10;
const HEADERS_A_SECOND = 50;
const TOKENS_A_SECOND = 1_000;
const BURST_MS = 10;

/** Headers that never end, a byte a second. */
export const slowHeaders: Attack = target =>
    besiege(target, 200, [408], () => ({ first: 'GET /sse HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ', drip: 'x' }));

/** Bodies that never end; every other sender is a stranger, and the rest have a session to post to. */
export const slowBodies: Attack = async target => {
    const { token, endpoint } = target.stolen;
    const toPost = (path: string, authorization: string) =>
        `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n` +
        `${authorization}Content-Length: 100000\r\n\r\n{`;
    const stranger = { first: toPost(`/messages?sessionId=${randomUUID()}`, ''), drip: ' ' };
    const thief = { first: toPost(endpoint, `Authorization: Bearer ${token}\r\n`), drip: ' ' };
    return await besiege(target, 200, [401, 408], index => (index % 2 === 0 ? stranger : thief));
};

/** Connections on which nothing comes; every other has been used for one request before. */
export const idleConnections: Attack = target =>
    besiege(target, 2_000, [200, 408], index => ({
        first: index % 2 === 0 ? '' : 'GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'
    }));

/** A header of 64 KB. */
export const longHeaders: Attack = target =>
    besiege(
        target,
        target.seconds * HEADERS_A_SECOND,
        [431],
        () => ({ first: `GET /sse HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: ${'x'.repeat(64 * 1024)}\r\n\r\n` }),
        { together: 1, everyMs: 1_000 / HEADERS_A_SECOND }
    );

/** Tokens that are tried out, each wrong in its own way. */
export const badTokens: Attack = async ({ port, seconds }) => {
    const pool = createPostPool(port);
    const answers = new Map<string, number>();
    const tries: Promise<void>[] = [];
    const tryOne = async (token: string) => {
        const headers = { Authorization: `Bearer ${token}` };
        const { status, body } = await pool.send({ path: '/sse', headers });
        const isRefused = (status === 401 || status === 429) && JSON.parse(body).error?.code === -32000;
        if (!isRefused) throw new BenchError('wrong-reply', `A wrong token was answered ${status}: ${body}`);
        count(answers, String(status));
    };
    const start = performance.now();
    const elapsed = () => (performance.now() - start) / 1000;
    while (tries.length < seconds * TOKENS_A_SECOND) {
        while (tries.length < Math.min(elapsed(), seconds) * TOKENS_A_SECOND) {
            const attempt = tryOne(`guess-${tries.length}`);
            // It may reject before it is awaited.
            attempt.catch(() => {});
            tries.push(attempt);
        }
        await sleep(BURST_MS);
    }
    try {
        await Promise.all(tries);
    } finally {
        pool.close();
    }
    return { answers, openMs: [] };
};

/** Opens connections and waits until the server has cut them all, each with the answers that it may give. */
async function besiege(
    { port, cutWithinMs }: Target,
    size: number,
    allowed: readonly number[],
    plan: (index: number) => Omit<AttackerOptions, 'port'>,
    { together, everyMs } = { together: OPENED_TOGETHER, everyMs: OPEN_EVERY_MS }
): Promise<Damage> {
    const attackers: Attacker[] = [];
    try {
        for (let index = 0; index < size; index++) {
            attackers.push(startAttacker({ port, ...plan(index) }));
            if (index % together === together - 1) await sleep(everyMs);
        }
        const cuts = attackers.map(({ cut }) => cut);
        const fates = await withDeadline(Promise.all(cuts), cutWithinMs, () => 'attackers are still connected');
        return { answers: countAnswers(fates, allowed), openMs: fates.map(({ openMs }) => openMs) };
    } finally {
        for (const attacker of attackers) attacker[Symbol.dispose]();
    }
}

function countAnswers(fates: readonly Fate[], allowed: readonly number[]): Damage['answers'] {
    const answers = new Map<string, number>();
    for (const { statuses } of fates) {
        if (statuses.length === 0) count(answers, 'none');
        for (const status of statuses) {
            if (!allowed.includes(status)) throw new BenchError('wrong-reply', `An attacker was answered ${status}`);
            count(answers, String(status));
        }
    }
    return answers;
}

function count(answers: Map<string, number>, status: string): void {
    answers.set(status, (answers.get(status) ?? 0) + 1);
}
