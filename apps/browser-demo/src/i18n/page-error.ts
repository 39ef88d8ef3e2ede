import { formatMessage, type Message } from './i18n.ts';

/** An error that people at the page are to read, in their language; `message` has it in English. */
export class PageError<Code extends string> extends Error {
    readonly code: Code;
    readonly text: Message;

    constructor(code: Code, text: Message, options?: ErrorOptions) {
        super(formatMessage('en', text), options);
        this.code = code;
        this.text = text;
    }
}

/** What an error says to people at the page. */
export function reasonOf(error: unknown): Message | string {
    if (error instanceof PageError) return error.text;
    return error instanceof Error ? error.message : String(error);
}
