import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import { JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';
import express, { type RequestHandler } from 'express';
import { RpcCode, sendError } from './errors.ts';

/** The open sessions, and the two request handlers through which they are reached. */
export interface Sessions {
    /** How many streams are open. */
    readonly size: number;
    /** `GET /sse`: opens a session with a server of its own. */
    readonly openStream: RequestHandler;
    /** `POST /messages?sessionId=…`: hands the message to the session's server. */
    readonly receiveMessage: RequestHandler[];
    /** Ends every stream. */
    close(): Promise<void>;
}

const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

const checkContentType: RequestHandler = (req, res, next) => {
    if (req.is('application/json')) return next();
    sendError(res, 415, RpcCode.InvalidRequest, 'The content type must be application/json');
};

/** As text, so that an empty body is told from an empty object. */
const readText = express.text({ type: () => true, limit: MAX_MESSAGE_BYTES });

const deliver: RequestHandler = async (req, res) => {
    const body = parseJson(req.body);
    if (body === undefined) return sendError(res, 400, RpcCode.ParseError, 'The body is not JSON');
    const message = JSONRPCMessageSchema.safeParse(body);
    if (!message.success) {
        return sendError(res, 400, RpcCode.InvalidRequest, 'The body must be one JSON-RPC 2.0 message');
    }
    const transport: SSEServerTransport = res.locals.transport;
    await transport.handleMessage(message.data);
    res.status(202).send('Accepted');
};

function parseJson(text: unknown): unknown {
    try {
        return JSON.parse(String(text));
    } catch {
        return undefined;
    }
}

/** Sessions on the SDK's own transport. `createServer` is called once for each of them. */
export function createSessions(endpoint: string, createServer: () => McpServer): Sessions {
    const transports = new Map<string, SSEServerTransport>();

    const findSession: RequestHandler = (req, res, next) => {
        const { sessionId } = req.query;
        if (typeof sessionId !== 'string' || !UUID.test(sessionId)) {
            const message = 'The URL must carry one sessionId; post to the URL of the endpoint event';
            return sendError(res, 400, RpcCode.InvalidRequest, message);
        }
        res.locals.transport = transports.get(sessionId);
        if (!res.locals.transport) return sendError(res, 404, RpcCode.SessionNotFound, 'Session not found');
        next();
    };

    return {
        get size() {
            return transports.size;
        },
        async openStream(_req, res) {
            const transport = new SSEServerTransport(endpoint, res);
            const server = createServer();
            transports.set(transport.sessionId, transport);
            // Registered before anything is awaited: a client may be gone at once.
            res.once('close', () => {
                transports.delete(transport.sessionId);
                void server.close();
            });
            await server.connect(transport);
        },
        receiveMessage: [findSession, checkContentType, readText, deliver],
        async close() {
            await Promise.all([...transports.values()].map(transport => transport.close()));
        }
    };
}
