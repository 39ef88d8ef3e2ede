/** What a measurement can stumble over: the server's fault, the machine's, or the caller's. */
export type BenchErrorCode = 'wrong-reply' | 'refused' | 'disconnected' | 'timeout' | 'server-died' | 'usage';

/** A measurement that must not count; the message says what was seen and what was expected. */
export class BenchError extends Error {
    override name = 'BenchError';
    readonly code: BenchErrorCode;

    constructor(code: BenchErrorCode, message: string, options?: ErrorOptions) {
        super(message, options);
        this.code = code;
    }
}

/**
 * Waits for `promise`, but no longer than `ms` milliseconds.
 *
 * @throws {BenchError} `timeout`, with what `describe` says at that moment.
 */
export async function withDeadline<T>(promise: Promise<T>, ms: number, describe: () => string): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(new BenchError('timeout', `After ${ms} ms: ${describe()}`)), ms);
    });
    try {
        return await Promise.race([promise, late]);
    } finally {
        clearTimeout(timer);
    }
}
