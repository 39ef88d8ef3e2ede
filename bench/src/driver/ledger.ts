import { BenchError } from '../errors.ts';

/** A JSON-RPC message as far as the checks look into it. */
interface Message {
    id?: number;
    method?: string;
    result?: unknown;
    error?: unknown;
}

/** Keeps account of one session's requests: each is answered once, with the right value, or the measurement is void. */
export interface Ledger {
    /** Requests that wait for their reply. */
    readonly waiting: number;
    readonly answered: number;
    /** Replies to requests that had had theirs. */
    readonly twice: number;
    /** Notifications that have come. */
    readonly notified: number;
    /** The next unused request id. */
    nextId(): number;
    /** Settles with the time (`performance.now()`) at which the reply was read. */
    expect(id: number, isRight: (result: unknown) => boolean): Promise<number>;
    /** Reads one message. Where it has come in answer to one request, it may be the reply to no other than `only`. */
    take(data: string, only?: number): void;
    /** Whether the reply to this request is still to come. */
    isWaiting(id: number): boolean;
    /** Notes what went wrong and fails all that waits. */
    fail(error: BenchError): void;
    /** @throws {BenchError} the first thing that went wrong, if anything did, or if a reply is missing. */
    verify(): void;
}

interface Waiting {
    isRight(result: unknown): boolean;
    resolve(time: number): void;
    reject(error: BenchError): void;
}

/** Makes an account whose messages name the session as `name`. */
export function createLedger(name: string): Ledger {
    const waiting = new Map<number, Waiting>();
    let nextId = 0;
    let answered = 0;
    let twice = 0;
    let notified = 0;
    let problem: BenchError | undefined;

    const fail = (error: BenchError) => {
        problem ??= error;
        for (const request of waiting.values()) request.reject(error);
        waiting.clear();
    };
    const wrong = (text: string) => fail(new BenchError('wrong-reply', `${name}: ${text}`));

    return {
        get waiting() {
            return waiting.size;
        },
        get answered() {
            return answered;
        },
        get twice() {
            return twice;
        },
        get notified() {
            return notified;
        },
        nextId: () => nextId++,
        expect(id, isRight) {
            if (problem) return Promise.reject(problem);
            return new Promise((resolve, reject) => waiting.set(id, { isRight, resolve, reject }));
        },
        isWaiting: id => waiting.has(id),
        take(data, only) {
            const time = performance.now();
            const message: Message = JSON.parse(data);
            const { id } = message;
            if (message.method !== undefined) {
                notified++;
                return;
            }
            if (only !== undefined && id !== only)
                return wrong(`request ${only} was answered with: ${data.slice(0, 300)}`);
            const request = id === undefined ? undefined : waiting.get(id);
            if (!request || id === undefined) {
                const wasAsked = id !== undefined && Number.isInteger(id) && id >= 0 && id < nextId;
                if (wasAsked) twice++;
                return wrong(wasAsked ? `a second reply to request ${id}` : `a reply without a request: ${data}`);
            }
            waiting.delete(id);
            if (!request.isRight(message.result)) {
                wrong(`request ${id} got the wrong reply: ${data.slice(0, 300)}`);
                return request.reject(problem ?? new BenchError('wrong-reply', data));
            }
            answered++;
            request.resolve(time);
        },
        fail,
        verify() {
            if (problem) throw problem;
            if (waiting.size > 0) throw new BenchError('wrong-reply', `${name}: ${waiting.size} replies never came`);
        }
    };
}
