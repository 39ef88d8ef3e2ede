export type ConfigErrorCode = 'bad-argument' | 'bad-variable' | 'cannot-listen';

/** Why the server does not start: one line for each mistake, which says what is wrong and what to do. */
export class ConfigError extends Error {
    override name = 'ConfigError';
    readonly code: ConfigErrorCode;

    constructor(code: ConfigErrorCode, message: string, options?: ErrorOptions) {
        super(message, options);
        this.code = code;
    }
}
