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
import { allowOnly } from '../http/allow-only.ts';
import { createOutages } from './outages.ts';

/** What goes wrong on a network, for lessons: done to one session by its own client. */
export interface Faults {
    /** An observer that learns of the sessions to which something can be done, and tells the other one all it hears. */
    observe(observer: Observer): Observer;
    /** Keeps out the requests of sessions that have lost their network; stands in front of all else. */
    keepOut: RequestHandler;
    /** `POST /faults/…`, behind the guards of clients. */
    routes(guards: readonly RequestHandler[]): Router;
}

/** A session, and the response that carries its stream now or did last. */
interface Victim {
    session: SessionInfo;
    stream: ServerResponse;
}

const LONGEST_MS = 60_000;
const MESSAGE = `The body must be {"sessionId": "…"} as JSON, for stall and outage with "ms", from 1 to ${LONGEST_MS}`;

const target = z.strictObject({ sessionId: z.string() });
const timedTarget = target.extend({ ms: z.int().min(1).max(LONGEST_MS) });

export function createFaults(): Faults {
    const victims = new Map<string, Victim>();
    const outages = createOutages();

    const drop = ({ stream }: Victim) => void stream.req.socket.destroy();
    const faults = {
        drop: toHandler(target, drop),
        /** Corked, a socket takes what is written and sends nothing, as if its reader did not read. */
        stall: toHandler(timedTarget, ({ stream }, { ms }) => {
            const { socket } = stream.req;
            socket.cork();
            setTimeout(() => socket.uncork(), ms).unref();
        }),
        outage: toHandler(timedTarget, (victim, { sessionId, ms }) => {
            outages.begin(sessionId, ms);
            drop(victim);
        }),
        forget: toHandler(target, ({ session }) => void session.close())
    };

    function toHandler<Body extends z.infer<typeof target>>(
        schema: z.ZodType<Body>,
        act: (victim: Victim, body: Body) => void
    ): RequestHandler {
        return (req: McpRequest, res) => {
            const body = schema.safeParse(req.body);
            if (!body.success) return sendRpcError(res, 400, RpcCode.InvalidRequest, MESSAGE);
            const victim = victims.get(body.data.sessionId);
            // Somebody else's session is as unknown here as everywhere.
            if (!victim || victim.session.authInfo?.token !== req.auth?.token) return reject(res, 'unknown-session');
            act(victim, body.data);
            res.json({ done: true });
        };
    }

    return {
        keepOut: outages.keepOut,
        observe: observer => ({
            ...observer,
            attached(session, stream) {
                observer.attached?.(session, stream);
                victims.set(session.id, { session, stream });
            },
            closed(session, reason) {
                observer.closed?.(session, reason);
                victims.delete(session.id);
                outages.end(session.id);
            }
        }),
        routes(guards) {
            const router = Router();
            for (const [name, handler] of Object.entries(faults)) {
                router.post(`/faults/${name}`, ...guards, express.json({ limit: 10_000 }), handler);
                router.all(`/faults/${name}`, allowOnly('POST'));
            }
            return router;
        }
    };
}
