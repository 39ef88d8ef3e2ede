import { type Refusal, readJson, type SseRequest, type SseSessions } from '@calc/sse';
import type { RequestHandler } from 'express';
import { isStateless } from './era.ts';
import type { Stateless } from './stateless.ts';

export interface McpEndpointOptions {
    sessions: SseSessions;
    stateless: Stateless;
    maxMessageBytes: number;
    /** Told why a body was not taken. */
    refused(refusal: Refusal): void;
}

/** Answers all that is asked of the one path where clients with sessions and stateless ones meet. */
export function createMcpEndpoint({
    sessions,
    stateless,
    maxMessageBytes,
    refused
}: McpEndpointOptions): RequestHandler {
    return (req: SseRequest, res) => {
        if (req.method !== 'POST') return sessions.handleStreamable(req, res);
        readJson(req, res, maxMessageBytes, refused, body => {
            if (isStateless(req, body)) return stateless.handle(req, res, body);
            req.body = body;
            sessions.handleStreamable(req, res);
        });
    };
}
