import type { ServerResponse } from 'node:http';
import { getSse } from './http/get-sse.ts';
import { handleStreamable } from './http/handle-streamable.ts';
import { postMessage } from './http/post-message.ts';
import { runHandler } from './http/run-handler.ts';
import { resolveOptions, type SessionsOptions } from './options.ts';
import { SessionStore } from './session/session-store.ts';
import type { McpRequest } from './types.ts';

/** The sessions of one server, and the request handlers through which clients reach them. */
export interface Sessions {
    /** Number of sessions, including those that wait to be resumed. */
    readonly size: number;
    /** Number of open event streams. */
    readonly openStreams: number;
    /** Bytes of messages that all sessions keep together. */
    readonly bufferedBytes: number;
    /** Whether `drain` or `close` has been called. */
    readonly isDraining: boolean;
    /**
     * Answers `GET /sse`: opens a session, or resumes the one that `Last-Event-ID` names. Answers `HEAD` with the headers.
     * Resolves when the stream has begun or the request was answered with an error; never rejects.
     */
    handleStream(req: McpRequest, res: ServerResponse): Promise<void>;
    /** Answers `POST /messages?sessionId=…` with 202 or an error; replies come on the stream. */
    handleMessage(req: McpRequest, res: ServerResponse): void;
    /** Answers `POST`, `GET` and `DELETE /mcp` (Streamable HTTP), and other methods with 405. */
    handleStreamable(req: McpRequest, res: ServerResponse): void;
    /**
     * Stops the server without losing answers: rejects new sessions and messages with 503, waits up to `timeoutMs`
     * milliseconds for the answers to requests in flight, and ends every session. Resolves when all streams have closed or
     * the time is up.
     */
    drain(timeoutMs: number): Promise<void>;
    /** Ends every session at once. */
    close(): void;
}

/**
 * Serves MCP over HTTP+SSE (MCP 2024-11-05, Transports) and Streamable HTTP (MCP 2025-03-26 to 2025-11-25). The handlers
 * accept the requests and responses of node or of Express.
 *
 * @example
 * const sessions = createSessions({ endpoint: '/messages', createServer: () => createMcpServer() });
 * app.get('/sse', sessions.handleStream);
 * app.post('/messages', sessions.handleMessage);
 * app.all('/mcp', sessions.handleStreamable);
 */
export function createSessions(options: SessionsOptions): Sessions {
    const store = new SessionStore(resolveOptions(options));
    const { observer } = store;
    return {
        get size() {
            return store.size;
        },
        get openStreams() {
            return store.openStreams;
        },
        get bufferedBytes() {
            return store.bufferedBytes;
        },
        get isDraining() {
            return store.isDraining;
        },
        handleStream: async (req, res) => runHandler(() => getSse(req, res, store), res, observer),
        handleMessage: (req, res) => void runHandler(() => postMessage(req, res, store), res, observer),
        handleStreamable: (req, res) => void runHandler(() => handleStreamable(req, res, store), res, observer),
        drain: timeoutMs => store.drain(timeoutMs),
        close: () => store.close()
    };
}
