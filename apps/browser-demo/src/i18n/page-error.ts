import { formatMessage, type Message } from './i18n.ts';

/** An error to show to the user: `text` in both languages, `message` in English. */
export class PageError<Code extends string> extends Error {
    readonly code: Code;
    readonly text: Message;

    constructor(code: Code, text: Message, options?: ErrorOptions) {
        super(formatMessage('en', text), options);
        this.code = code;
        this.text = text;
    }
}

/** The text of an error for the user. */
export function reasonOf(error: unknown): Message | string {
    if (error instanceof PageError) return error.text;
    return error instanceof Error ? error.message : String(error);
}
