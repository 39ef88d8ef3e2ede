/** The answer to the first POST shows that the server may have HTTP+SSE only. */
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
 * HeaderMismatch, MissingRequiredClientCapability and UnsupportedProtocolVersion: errors that only servers of 2026-07-28
 * or later send. That is what the specification means by "recognized". Other JSON-RPC errors do not show that a server is
 * modern: HTTP+SSE servers send them with 405 (this project's with -32600), and servers with sessions with 404 (-32001).
 */
const modernCodes = new Set([-32020, -32021, -32022]);

/** The JSON-RPC error in a response. */
interface RpcError {
    code?: unknown;
    message?: unknown;
}

/** Reads the JSON-RPC error in a response; empty if there is none. */
export async function readError(response: Response): Promise<RpcError> {
    if (!response.headers.get('content-type')?.startsWith('application/json')) return {};
    try {
        // A clone, because the transport reads the body too.
        return Object(Object(await response.clone().json()).error);
    } catch {
        return {};
    }
}

/**
 * Whether a client that tried Streamable HTTP should try HTTP+SSE at the same URL (MCP 2026-07-28, Transports, Backwards
 * Compatibility): after 400, 404 and 405, unless the server is a modern one. After 401, 403 or 5xx another transport would
 * only hide the problem.
 */
export async function mayBeOlder(response: Response): Promise<boolean> {
    return [400, 404, 405].includes(response.status) && !isFromModernServer(await readError(response));
}

/** Whether an error is one that only servers of 2026-07-28 or later send. */
export function isFromModernServer({ code }: RpcError): boolean {
    return typeof code === 'number' && modernCodes.has(code);
}
