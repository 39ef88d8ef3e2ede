import { BenchError } from '../errors.ts';
import type { ClientMessage } from './caller.ts';
import { checkStatus, type Head, type PostPool } from './http/post-pool.ts';
import { createSseParser } from './http/sse-parser.ts';
import type { Ledger } from './ledger.ts';

export interface Exchange {
    pool: PostPool;
    ledger: Ledger;
    /** Header fields of this revision. */
    headers: Record<string, string>;
    message: ClientMessage;
}

/** Where every revision of Streamable HTTP is served. */
export const MCP_PATH = '/mcp';

/**
 * Posts one message by Streamable HTTP and gives the ledger what is answered, be it JSON or a stream of events; the
 * answer to a request may have the reply to no other. Settles when all of it is there, and gives its header fields.
 *
 * @throws {BenchError} `refused` if a request is not answered with 200, or a notification not with 202.
 */
export async function exchange({ pool, ledger, headers, message }: Exchange): Promise<Head['headers']> {
    const { id } = message;
    const accept = 'application/json, text/event-stream';
    const events = createSseParser(({ event, data }) => {
        // The event that only gives an id to resume from is empty.
        if (event === 'message' && data !== '') ledger.take(data, id);
    });
    const request = { path: MCP_PATH, headers: { Accept: accept, ...headers }, body: JSON.stringify(message) };
    const answer = await pool.send(request, ({ headers: fields }) =>
        isOfType(fields, 'text/event-stream') ? chunk => events.push(chunk) : undefined
    );
    if (id === undefined) {
        checkStatus(answer, 202);
        return answer.headers;
    }
    checkStatus(answer, 200);
    if (isOfType(answer.headers, 'application/json')) ledger.take(answer.body, id);
    if (ledger.isWaiting(id)) {
        ledger.fail(new BenchError('wrong-reply', `The answer to request ${id} ended without its reply`));
    }
    return answer.headers;
}

function isOfType(headers: Head['headers'], type: string): boolean {
    return headers['content-type']?.split(';')[0] === type;
}
