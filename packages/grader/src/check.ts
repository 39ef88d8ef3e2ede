import type { Clause } from './clauses.ts';
import type { Text, Words } from './text.ts';

/** One promise that a lesson teaches: what is said of it, as data, and the function that proves it. */
export interface Check<Attempt> {
    /** In kebab case. Hints and wrong variants refer to it, so that two lessons may share a check, but no id. */
    id: string;
    /** The promise, as a sentence. */
    title: Text;
    /** What the check sends. A failure shows the bytes instead, as soon as something was sent. */
    sends: Text;
    /** What a correct server or client does. */
    expects: Text;
    clause: Clause;
    /** What to do first when the check fails. */
    next: Text;
    /** What the target must have; without it, the check is left out. */
    needs?: Need;
    /** What to say if the server's process ends during the check; by default, to read what it printed. */
    ifEnded?: Required<Pick<FailureDetails, 'expected' | 'next'>>;
    /** Returns when the promise is kept; throws a `CheckFailure` when it is not. */
    run(attempt: Attempt): Promise<void>;
}

/**
 * What a check may need of a server: a client of the lesson, its process, or that it receives signals. A server that is
 * known only by its URL has none of these, and on Windows a signal ends a process at once.
 */
export type Need = 'client' | 'process' | 'signal';

/** What a failure knows better than its check. */
export interface FailureDetails {
    /** What was sent, as bytes; by default, the last request of the attempt. */
    sent?: string;
    /** What came, as bytes, or what did not come. */
    received: Words;
    expected?: Text;
    clause?: Clause;
    next?: Text;
}

/** The server or client did something else than the check expects. */
export class CheckFailure extends Error {
    override name = 'CheckFailure';
    readonly details: FailureDetails;
    readonly status: 'fail' | 'timeout';

    /** @param status `timeout` if the expected thing did not come in time. */
    constructor(details: FailureDetails, status: 'fail' | 'timeout' = 'fail') {
        super(typeof details.received === 'string' ? details.received : details.received.en);
        this.details = details;
        this.status = status;
    }
}

/** The server cannot be reached, or it ended: nothing can be said about what it does. */
export class Unreachable extends Error {
    override name = 'Unreachable';
    readonly reason: Words;

    constructor(reason: Words) {
        super(typeof reason === 'string' ? reason : reason.en);
        this.reason = reason;
    }
}
