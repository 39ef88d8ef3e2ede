import type { JSONRPCRequest } from '@modelcontextprotocol/sdk/types.js';
import type { Broker } from '../broker/broker.ts';
import type { Sessions } from '../server/create-sessions.ts';
import { runHandler } from '../server/http/run-handler.ts';
import { resolveOptions, type SessionsOptions } from '../server/options.ts';
import { drain } from './drain.ts';
import { getSse } from './http/get-sse.ts';
import { handleStreamable } from './http/handle-streamable.ts';
import { postMessage } from './http/post-message.ts';
import { SharedProcess } from './shared-process.ts';

export interface SharedSessionsOptions extends SessionsOptions {
    /** Keeps the sessions. The caller disposes it after `drain` or `close`. */
    broker: Broker;
    /**
     * Whether a request may run again if the process that ran it is gone. If not, the client gets an error that says that
     * the outcome is not known.
     * @default all requests but `tools/call`
     */
    isRepeatable?(request: JSONRPCRequest): boolean;
}

/**
 * Serves sessions like `createSessions`, but any process that shares the broker answers for any session. Tools get
 * `extra.authInfo` without its token, and no `extra.requestInfo`, because a request may run at another process than the
 * one that got it.
 */
export function createSharedSessions({ broker, isRepeatable, ...options }: SharedSessionsOptions): Sessions {
    const process = new SharedProcess(
        resolveOptions(options),
        broker,
        isRepeatable ?? (({ method }) => method !== 'tools/call')
    );
    const { observer } = process;
    return {
        get size() {
            return process.owned.size;
        },
        get openStreams() {
            return process.streams.open;
        },
        // The broker keeps all messages.
        bufferedBytes: 0,
        get isDraining() {
            return process.isDraining;
        },
        handleStream: async (req, res) => runHandler(() => getSse(req, res, process), res, observer),
        handleMessage: (req, res) => void runHandler(() => postMessage(req, res, process), res, observer),
        handleStreamable: (req, res) => void runHandler(() => handleStreamable(req, res, process), res, observer),
        drain: timeoutMs => drain(process, timeoutMs),
        close: () => process.close()
    };
}
