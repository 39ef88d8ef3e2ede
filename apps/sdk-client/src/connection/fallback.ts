import { z } from 'zod';

/** The answer to the first POST says that the server may have HTTP+SSE only. */
export class NoStreamableHttp extends Error {
    override name = 'NoStreamableHttp';
    /** The answer's status. */
    readonly status: number;

    constructor(status: number) {
        super(`the server answered a POST with ${status}`);
        this.status = status;
    }
}

/**
 * HeaderMismatch, MissingRequiredClientCapability and UnsupportedProtocolVersion: the errors that only a server of
 * 2026-07-28 or later gives. That is what the specification's "recognized" means. Any other JSON-RPC error is no sign of
 * a modern server: HTTP+SSE servers word their 405 that way as well, this project's with -32600, and servers with
 * sessions their 404 with -32001.
 */
const modernCodes = new Set([-32020, -32021, -32022]);

const errorBody = z.looseObject({ jsonrpc: z.literal('2.0'), error: z.looseObject({ code: z.number() }) });

/**
 * Whether a client that tried Streamable HTTP should try HTTP+SSE at the same URL (MCP 2026-07-28, Transports, Backwards
 * Compatibility): at 400, 404 and 405, unless the server is a modern one. Not at 401, 403 or 5xx, where another
 * transport would only hide what is wrong.
 */
export function mayBeOlder(status: number, body: string): boolean {
    return [400, 404, 405].includes(status) && !isFromModernServer(body);
}

/** Whether the body of a refusal is an error that only servers of 2026-07-28 or later give. */
export function isFromModernServer(body: string): boolean {
    try {
        const parsed = errorBody.safeParse(JSON.parse(body));
        return parsed.success && modernCodes.has(parsed.data.error.code);
    } catch {
        return false;
    }
}
