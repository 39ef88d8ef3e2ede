import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { MessageExtraInfo } from '@modelcontextprotocol/sdk/types.js';

export const call = (id: number, name: string, more: object = {}) => ({
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: { name, arguments: {}, ...more }
});

export const withProgress = { _meta: { progressToken: 'p' } };

export const cancel = (requestId: number) => ({
    jsonrpc: '2.0',
    method: 'notifications/cancelled',
    params: { requestId }
});

export const note = (data: unknown) => ({ jsonrpc: '2.0' as const, method: 'notifications/message', params: { data } });

/** A server whose answers are as long as they are asked to be. */
export function createEcho() {
    return {
        async connect(session: Transport) {
            session.onmessage = message => {
                if (!('method' in message) || !('id' in message)) return;
                const { length = 0 } = Object(message.params?.arguments);
                const result = {
                    protocolVersion: '2025-11-25',
                    capabilities: {},
                    serverInfo: {},
                    text: 'x'.repeat(length)
                };
                void session.send({ jsonrpc: '2.0', id: message.id, result });
            };
        }
    };
}

/** A server that does nothing by itself, so that a test can push what it likes. */
export function createPusher() {
    const replies: ((result: Record<string, unknown>) => Promise<void>)[] = [];
    let transport: Transport | undefined;
    let lastExtra: MessageExtraInfo | undefined;
    const pusher = {
        replies,
        protocolVersion: '2025-11-25',
        /** Called in the turn that brings a request. */
        whenAsked: (_extra: MessageExtraInfo) => {},
        /** Closes the stream of the last request. */
        closeStream: () => lastExtra?.closeSSEStream?.(),
        push: (message: Parameters<Transport['send']>[0], relatedRequestId?: number) =>
            transport?.send(message, relatedRequestId === undefined ? {} : { relatedRequestId }),
        createServer: () => ({
            async connect(session: Transport) {
                transport = session;
                session.onmessage = (message, extra = {}) => {
                    if (!('method' in message) || !('id' in message)) return;
                    const { id } = message;
                    const { protocolVersion } = pusher;
                    const result = { protocolVersion, capabilities: {}, serverInfo: {} };
                    if (message.method === 'initialize') void session.send({ jsonrpc: '2.0', id, result });
                    else {
                        lastExtra = extra;
                        pusher.whenAsked(extra);
                        replies.push(result => session.send({ jsonrpc: '2.0', id, result }));
                    }
                };
            }
        })
    };
    return pusher;
}
