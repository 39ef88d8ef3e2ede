/** What a response parser finds, in the order of the wire. */
export interface ResponseListener {
    onHead(status: number, headers: ReadonlyMap<string, string>): void;
    onBody(chunk: Buffer): void;
    onEnd(): void;
}

export interface ResponseParser {
    push(chunk: Buffer): void;
}

const EMPTY = Buffer.alloc(0);

type State = 'head' | 'length' | 'chunk-size' | 'chunk' | 'chunk-end' | 'trailer' | 'until-close';

/**
 * Reads HTTP/1.1 responses, one after another, from bytes that come in any portions: bodies with a length, chunked,
 * or ended by the end of the connection (for those, `onEnd` is never called).
 */
export function createResponseParser(listener: ResponseListener): ResponseParser {
    let rest: Buffer = EMPTY;
    let state: State = 'head';
    /** Bytes still to come of the body or of its present chunk. */
    let left = 0;

    const end = () => {
        state = 'head';
        listener.onEnd();
    };
    const readHead = (head: string) => {
        const [statusLine = '', ...lines] = head.split('\r\n');
        const headers = new Map(lines.map(toHeader));
        const length = headers.get('content-length');
        left = Number(length ?? 0);
        if (headers.get('transfer-encoding') === 'chunked') state = 'chunk-size';
        else state = length === undefined ? 'until-close' : 'length';
        listener.onHead(Number(statusLine.split(' ')[1]), headers);
        if (state === 'length' && left === 0) end();
    };
    /** Takes what is there of a counted stretch of body. */
    const readBody = () => {
        const part = rest.subarray(0, left);
        left -= part.length;
        rest = rest.subarray(part.length);
        if (part.length > 0) listener.onBody(part);
        return left === 0;
    };
    const take = (separator: string): string | undefined => {
        const at = rest.indexOf(separator);
        if (at < 0) return undefined;
        const text = rest.toString('latin1', 0, at);
        rest = rest.subarray(at + separator.length);
        return text;
    };

    /** One step; false when it has to wait for more bytes. */
    const steps: Record<State, () => boolean> = {
        head: () => {
            const head = take('\r\n\r\n');
            if (head !== undefined) readHead(head);
            return head !== undefined;
        },
        length: () => {
            const whole = readBody();
            if (whole) end();
            return whole;
        },
        'chunk-size': () => {
            const size = take('\r\n');
            if (size === undefined) return false;
            left = Number.parseInt(size, 16);
            state = left === 0 ? 'trailer' : 'chunk';
            return true;
        },
        chunk: () => {
            const whole = readBody();
            if (whole) state = 'chunk-end';
            return whole;
        },
        'chunk-end': () => {
            const found = take('\r\n') !== undefined;
            if (found) state = 'chunk-size';
            return found;
        },
        trailer: () => {
            const line = take('\r\n');
            if (line === '') end();
            return line !== undefined;
        },
        'until-close': () => {
            left = rest.length;
            readBody();
            return false;
        }
    };

    return {
        push(chunk) {
            rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
            while (rest.length > 0 && steps[state]()) {}
        }
    };
}

function toHeader(line: string): [string, string] {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
