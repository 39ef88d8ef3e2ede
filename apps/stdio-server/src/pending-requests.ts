import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server';

/** Requests that have come in and are not answered yet. */
export interface PendingRequests {
    /** Settles when all are answered, or cannot be any more; after `timeoutMs` milliseconds at the latest. */
    settled(timeoutMs: number): Promise<void>;
}

/** Watches a transport that is bound to its server already. */
export function watchRequests(transport: Transport): PendingRequests {
    const pending = new Set<unknown>();
    const waiting = new Set<() => void>();
    const tellWaiting = () => {
        if (pending.size > 0) return;
        for (const settle of waiting) settle();
        waiting.clear();
    };
    const remove = (id: unknown) => {
        pending.delete(id);
        tellWaiting();
    };

    const receive = transport.onmessage;
    transport.onmessage = (message, extra) => {
        if (isRequest(message)) pending.add(message.id);
        // A call that is cancelled gets no answer.
        else if ('method' in message && message.method === 'notifications/cancelled') remove(message.params?.requestId);
        receive?.(message, extra);
    };
    const send = transport.send.bind(transport);
    transport.send = async (message, options) => {
        try {
            await send(message, options);
        } finally {
            if (!('method' in message)) remove(message.id);
        }
    };
    const close = transport.onclose;
    transport.onclose = () => {
        close?.();
        // None of them will be answered now.
        pending.clear();
        tellWaiting();
    };

    return {
        settled: timeoutMs =>
            new Promise(resolve => {
                const timer = setTimeout(resolve, timeoutMs);
                waiting.add(() => {
                    clearTimeout(timer);
                    resolve();
                });
                tellWaiting();
            })
    };
}

/** A subscription is a request as well, whose answer is its end. */
function isRequest(message: JSONRPCMessage): message is JSONRPCMessage & { id: string | number } {
    return 'method' in message && 'id' in message && message.method !== 'subscriptions/listen';
}
