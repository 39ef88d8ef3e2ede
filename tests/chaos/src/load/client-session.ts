import { SessionKeeper, SseTransport, StreamableTransport } from '@calc/transport/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Recorder } from '../judge/record.ts';
import { createTapFetch } from './tap-fetch.ts';

/** A program that uses the product's client. All that goes over the wire is in the record. */
export interface ClientSession extends AsyncDisposable {
    /** Whether the client has not given up. */
    readonly isOpen: boolean;
    /** Calls a tool with a message that has a number of its own. Never rejects: a failure is in the record. */
    call(tool: string): Promise<{ text: string } | { error: string }>;
    close(): Promise<void>;
}

export interface ClientSessionOptions {
    /** Of the load balancer, without a slash at the end. */
    url: string;
    path: '/sse' | '/mcp';
    name: string;
    token: string;
    recorder: Recorder;
    /** Returns the number of the next call. */
    nextNumber(): number;
}

/** How long a client tries to reconnect, in milliseconds: longer than any outage of a run. */
const GIVE_UP_AFTER_MS = 60_000;

/** Opens a session, and lists the tools, so that the client knows which of them it may call again. */
export async function openClientSession(options: ClientSessionOptions): Promise<ClientSession> {
    const { url, path, name, token, recorder, nextNumber } = options;
    let isClosing = false;
    const tap = createTapFetch({ recorder, client: name, isClosing: () => isClosing });
    const headers = { Authorization: `Bearer ${token}` };
    const timing = { giveUpAfterMs: GIVE_UP_AFTER_MS };
    const target = new URL(path, url);
    const inner =
        path === '/sse'
            ? new SseTransport(target, { ...timing, headers, fetch: tap })
            : new StreamableTransport(
                  fetch => new StreamableHTTPClientTransport(target, { fetch, requestInit: { headers } }),
                  { ...timing, fetch: (url, init) => tap(url, init as RequestInit) }
              );
    const client = new Client({ name: 'chaos', version: '1' });
    const keeper = new SessionKeeper(inner, timing);
    await client.connect(keeper);
    await client.listTools();
    let isOpen = true;
    client.onclose = () => {
        isOpen = false;
        if (!isClosing) recorder.add({ kind: 'failed', reason: toKind(`closed: ${keeper.closeReason?.message}`) });
    };

    const close = async () => {
        isClosing = true;
        await client.close();
    };
    return {
        get isOpen() {
            return isOpen;
        },
        async call(tool) {
            const message = `chaos ${nextNumber()}`;
            try {
                const args = { name: tool, arguments: { message } };
                const { content, isError } = await client.callTool(args, undefined, { timeout: 2 * GIVE_UP_AFTER_MS });
                recorder.add({ kind: 'done' });
                const text = JSON.stringify(content);
                return isError ? { error: text } : { text };
            } catch (error) {
                const reason = error instanceof Error ? error.message : String(error);
                if (!isClosing) recorder.add({ kind: 'failed', reason: toKind(reason) });
                return { error: reason };
            }
        },
        close,
        [Symbol.asyncDispose]: close
    };
}

/** The reason without addresses and ids, which differ between calls. */
function toKind(reason: string): string {
    return reason.replace(/127\.0\.0\.1:\d+|\b[\da-f-]{36}\b/g, '…').slice(0, 160);
}
