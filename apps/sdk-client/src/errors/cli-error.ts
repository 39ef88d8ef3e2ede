/** What went wrong, for scripts: it decides the exit code and is the `code` of a JSON error. */
export type CliErrorCode = 'usage' | 'auth' | 'unreachable' | 'tool-error' | 'interrupted';

const exitCodes: Record<CliErrorCode, number> = {
    usage: 1,
    auth: 3,
    unreachable: 4,
    'tool-error': 5,
    // As shells have it: 128 + the number of SIGINT.
    interrupted: 130
};

/** A failure that the user is told about in one line, which offers a fix where there is one. */
export class CliError extends Error {
    override name = 'CliError';
    readonly code: CliErrorCode;

    constructor(code: CliErrorCode, message: string, options?: ErrorOptions) {
        super(message, options);
        this.code = code;
    }

    /** The exit code of a process that fails for this reason. */
    get exitCode(): number {
        return exitCodes[this.code];
    }
}

/** Ends a process with the exit code of a failure that the user has been told about already. */
export class ReportedFailure extends Error {
    override name = 'ReportedFailure';
    readonly exitCode: number;

    constructor(exitCode: number) {
        super(`failed with exit code ${exitCode}`);
        this.exitCode = exitCode;
    }
}
