/** What went wrong, for scripts: the `code` of a JSON error. Each has its exit code. */
export type CliErrorCode = keyof typeof exitCodes;

const exitCodes = {
    usage: 1,
    auth: 3,
    unreachable: 4,
    'tool-error': 5,
    // 128 and the number of SIGINT, as in shells.
    interrupted: 130
} as const;

/** A failure that is reported to the user in one line, with a fix if there is one. */
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

/** The error for a command line, a file or an argument that the user has to correct. */
export function usageError(message: string, options?: ErrorOptions): CliError {
    return new CliError('usage', message, options);
}

/** Ends the process with the exit code of a failure that has been reported already. */
export class ReportedFailure extends Error {
    override name = 'ReportedFailure';
    readonly exitCode: number;

    constructor(exitCode: number) {
        super(`failed with exit code ${exitCode}`);
        this.exitCode = exitCode;
    }
}
