import { Agent, type ClientRequest, request } from 'node:http';
import { json } from 'node:stream/consumers';
import type { McpRequest } from '@calc/transport/server';
import {
    addressOf,
    enter,
    hasEntry,
    isListening,
    leave,
    listWorkers,
    makeSessionId,
    restoreFolder,
    workerOf
} from './address.ts';
import { type Route, toRequestHeaders } from './forwarded-headers.ts';

/** How long a worker may take to answer another worker's question unless the asker chooses, in milliseconds. */
const ANSWER_MS = 1000;
/** How often a worker checks that its entry is still there, in milliseconds. */
export const CHECK_ENTRY_MS = 2000;
/** Idle connections to one worker that are kept. */
const MAX_IDLE = 64;

/** The other workers that serve the same port. Each has a private address in one folder. */
export interface Peers {
    /** The private address of this worker. */
    readonly address: string;
    readonly owners: Owners;
    /** Asks all other workers. Leaves out those that do not answer within `waitMs` milliseconds. */
    askAll(question: string, body?: unknown, waitMs?: number): Promise<unknown[]>;
    /** Notes that this worker listens on its private address, or no longer does. */
    enter(): void;
    leave(): void;
    /** Whether the entry is there, and nothing has removed it. */
    isEntered(): boolean;
    /** Makes the folder again if something has removed it. */
    restoreFolder(): void;
    /** Closes idle connections to other workers. */
    close(): void;
}

/** Finds the worker that holds a session, its owner: the session id has the number of the worker that made it. */
export interface Owners {
    newSessionId(): string;
    /** The other worker that holds the session; undefined if this worker does, or if the text is not a session id. */
    ownerOf(sessionId: string | undefined): number | undefined;
    /** Begins a request to the owner of a session, with the headers of a client's request. The caller sends the body. */
    request(owner: number, req: McpRequest, route: Route): ClientRequest;
    /** Whether that process is there, even if it hangs. */
    isRunning(owner: number): Promise<boolean>;
    /** Whether all workers have their addresses: soon after something has removed them, no worker can be said to have ended. */
    areReachable(): boolean;
    /** Whether that worker answers a question in time. */
    isAnswering(owner: number): Promise<boolean>;
}

/** @param folder where each worker that listens has an entry. @param number of this worker. */
export function createPeers(folder: string, number: number): Peers {
    // Only this side closes idle connections, so that no request meets a connection that is just being closed.
    let hasEntered = false;
    let restoredAt = Number.NEGATIVE_INFINITY;
    const agent = new Agent({ keepAlive: true, maxFreeSockets: MAX_IDLE });

    const ask = (worker: number, question: string, body: unknown = null, waitMs = ANSWER_MS) =>
        new Promise((resolve, reject) => {
            const socketPath = addressOf(folder, worker);
            const signal = AbortSignal.timeout(waitMs);
            const outgoing = request({ agent, socketPath, signal, method: 'POST', path: `/${question}` });
            outgoing.on('response', answer => void json(answer).then(resolve, reject));
            outgoing.on('error', reject);
            outgoing.end(JSON.stringify(body));
        });

    const isEntered = () => hasEntry(folder, number);

    const owners: Owners = {
        newSessionId: () => makeSessionId(number),
        ownerOf(sessionId) {
            const worker = workerOf(sessionId ?? '');
            return worker === number ? undefined : worker;
        },
        request(owner, req, route) {
            const { method, url } = req;
            const socketPath = addressOf(folder, owner);
            return request({ agent, socketPath, method, path: url, headers: toRequestHeaders(req, route) });
        },
        isRunning: owner => isListening(addressOf(folder, owner)),
        areReachable: () => isEntered() && performance.now() - restoredAt > 2 * CHECK_ENTRY_MS,
        isAnswering: owner =>
            ask(owner, 'runs').then(
                () => true,
                () => false
            )
    };
    return {
        address: addressOf(folder, number),
        owners,
        async askAll(question, body, waitMs) {
            const others = listWorkers(folder).filter(worker => worker !== number);
            const answers = await Promise.allSettled(others.map(worker => ask(worker, question, body, waitMs)));
            return answers.flatMap(answer => (answer.status === 'fulfilled' ? [answer.value] : []));
        },
        enter() {
            enter(folder, number);
            if (hasEntered) restoredAt = performance.now();
            hasEntered = true;
        },
        leave: () => leave(folder, number),
        isEntered,
        restoreFolder: () => restoreFolder(folder),
        close: () => agent.destroy()
    };
}
