import { message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';
import type { RpcId } from '../json-rpc.ts';
import { McpSessionError } from '../mcp-session-error.ts';
import { type Progress, parseProgress } from './progress.ts';

interface Waiting {
    resolve(result: unknown): void;
    reject(error: McpSessionError): void;
    onProgress: ((progress: Progress) => void) | undefined;
    timer: ReturnType<typeof setTimeout>;
}

/**
 * The requests that wait for a reply. Replies arrive in any order and are matched by id.
 *
 * @param timeLimitMs the time limit of each call, in milliseconds.
 * @param onTimeLimit called for each call that exceeds the limit, so that the server can be notified.
 */
export function createPendingCalls(timeLimitMs: number, onTimeLimit: (id: number, method: string) => void) {
    const waiting = new Map<RpcId, Waiting>();
    // The ids of requests that the user wrote.
    const reserved = new Set<RpcId>();
    let lastId = 0;

    const take = (id: RpcId): Waiting | undefined => {
        const call = waiting.get(id);
        clearTimeout(call?.timer);
        waiting.delete(id);
        return call;
    };

    return {
        /** Gives the request a new id and starts its time limit. */
        add(method: string, onProgress?: (progress: Progress) => void) {
            do lastId++;
            while (reserved.has(lastId));
            const id = lastId;
            const reply = new Promise<unknown>((resolve, reject) => {
                const timer = setTimeout(() => {
                    const text = message(say.error.timeLimit, { method, seconds: timeLimitMs / 1000 });
                    take(id)?.reject(new McpSessionError('time-limit', text));
                    onTimeLimit(id, method);
                }, timeLimitMs);
                waiting.set(id, { resolve, reject, onProgress, timer });
            });
            return { id, reply };
        },
        /**
         * Keeps the id of a request that the user wrote from later calls, so that its reply is not taken for theirs.
         *
         * @throws {McpSessionError} `id-in-use` if a call with that id still waits for its reply.
         */
        reserve(id: RpcId): void {
            if (waiting.has(id)) throw new McpSessionError('id-in-use', message(say.error.idInUse, { id }));
            reserved.add(id);
        },
        /** Whether the call still waits for its reply. */
        has: (id: RpcId) => waiting.has(id),
        /** Passes the params of a `notifications/progress` to the call that they belong to, if it is still waiting. */
        progress(params: unknown): void {
            const progress = parseProgress(params);
            // The token is the id of the request.
            if (progress) waiting.get(progress.token)?.onProgress?.(progress);
        },
        /** Resolves a call. An unknown id is ignored. */
        resolve(id: RpcId, result: unknown): void {
            take(id)?.resolve(result);
        },
        /** Returns whether there was a call with that id. */
        reject(id: RpcId, error: McpSessionError): boolean {
            const call = take(id);
            call?.reject(error);
            return call !== undefined;
        },
        rejectAll(error: McpSessionError): void {
            for (const id of [...waiting.keys()]) take(id)?.reject(error);
        }
    };
}
