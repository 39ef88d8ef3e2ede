import type { ServerResponse } from 'node:http';
import {
    type McpRequest,
    type Observer,
    RpcCode,
    reject,
    type SessionInfo,
    sendRpcError
} from '@calc/transport/server';
import express, { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import { allowOnly } from '../access/allow-only.ts';
import { createOutages } from './outages.ts';

export type Faults = ReturnType<typeof createFaults>;

/** A session and the responses of its open streams: one over HTTP+SSE, several over Streamable HTTP. */
interface Target {
    session: SessionInfo;
    readonly streams: Set<ServerResponse>;
}

const LONGEST_MS = 60_000;
const MESSAGE = `The body must be {"sessionId": "…"} as JSON, for stall and outage with "ms", from 1 to ${LONGEST_MS}`;

const sessionBody = z.strictObject({ sessionId: z.string() });
const timedBody = sessionBody.extend({ ms: z.int().min(1).max(LONGEST_MS) });

/** Network faults for lessons, which a client injects into its own session. */
export function createFaults() {
    const targets = new Map<string, Target>();
    const outages = createOutages();

    const targetOf = (session: SessionInfo): Target => {
        const target = targets.get(session.id) ?? { session, streams: new Set() };
        targets.set(session.id, target);
        return target;
    };
    const drop = ({ streams }: Target) => {
        for (const { req } of streams) req.socket.destroy();
    };
    const faults = {
        drop: toHandler(sessionBody, drop),
        /** A corked socket accepts writes and sends nothing, as if the client did not read. */
        stall: toHandler(timedBody, ({ streams }, { ms }) => {
            const sockets = [...streams].map(({ req }) => req.socket);
            for (const socket of sockets) socket.cork();
            setTimeout(() => {
                for (const socket of sockets) socket.uncork();
            }, ms).unref();
        }),
        outage: toHandler(timedBody, (target, { sessionId, ms }) => {
            outages.begin(sessionId, ms);
            drop(target);
        }),
        forget: toHandler(sessionBody, ({ session }) => void session.close())
    };

    function toHandler<Body extends z.infer<typeof sessionBody>>(
        schema: z.ZodType<Body>,
        act: (target: Target, body: Body) => void
    ): RequestHandler {
        return (req: McpRequest, res) => {
            const body = schema.safeParse(req.body);
            if (!body.success) return sendRpcError(res, 400, RpcCode.InvalidRequest, MESSAGE);
            const target = targets.get(body.data.sessionId);
            // The session of another client is reported as unknown, as on every route.
            if (!target || target.session.authInfo?.token !== req.auth?.token) return reject(res, 'unknown-session');
            act(target, body.data);
            res.json({ done: true });
        };
    }

    return {
        /** Drops requests of sessions that have an outage; runs before all other handlers. */
        keepOut: outages.keepOut,
        /** Wraps an observer, to learn of sessions and their streams. */
        observe: (observer: Observer): Observer => ({
            ...observer,
            opened(session) {
                observer.opened?.(session);
                targetOf(session);
            },
            attached(session, stream) {
                observer.attached?.(session, stream);
                const streams = targetOf(session).streams.add(stream);
                stream.once('close', () => streams.delete(stream));
            },
            closed(session, reason) {
                observer.closed?.(session, reason);
                targets.delete(session.id);
                outages.end(session.id);
            }
        }),
        /** `POST /faults/…`, after the guards of clients. */
        routes(guards: readonly RequestHandler[]): Router {
            const router = Router();
            for (const [name, handler] of Object.entries(faults)) {
                router.post(`/faults/${name}`, ...guards, express.json({ limit: 10_000 }), handler);
                router.all(`/faults/${name}`, allowOnly('POST'));
            }
            return router;
        }
    };
}
