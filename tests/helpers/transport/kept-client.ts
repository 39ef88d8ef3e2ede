import { type ConnectionState, SessionKeeper, SseTransport, type SseTransportOptions } from '@calc/transport/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { ClientCapabilities } from '@modelcontextprotocol/sdk/types.js';

/** A clock whose timers fire a hundred times sooner, for servers that ask for two seconds of patience. */
export const hurried: NonNullable<SseTransportOptions['clock']> = {
    now: () => performance.now() * 100,
    schedule(callback, ms) {
        const timer = setTimeout(callback, ms / 100);
        return () => clearTimeout(timer);
    }
};

/** With that clock, and the patience to let a busy machine take as long as it likes. */
export const patient = { clock: hurried, giveUpAfterMs: 1e7 };

/** The SDK's client on a stream that is kept, and what it was told. */
export async function connectKept(
    sseUrl: string,
    options: SseTransportOptions = {},
    capabilities: ClientCapabilities = {}
) {
    const states: ConnectionState[] = [];
    const errors: Error[] = [];
    const onState = (state: ConnectionState) => {
        states.push(state);
        options.onState?.(state);
    };
    const inner = new SseTransport(new URL(sseUrl), { ...options, onState });
    const client = new Client({ name: 'kept client', version: '1' }, { capabilities });
    const transport = new SessionKeeper(inner, options);
    let closes = 0;
    client.onclose = () => closes++;
    client.onerror = error => errors.push(error);
    await client.connect(transport);
    return {
        client,
        transport,
        states,
        errors,
        names: () => states.map(({ name }) => name),
        get closes() {
            return closes;
        },
        [Symbol.asyncDispose]: () => client.close()
    };
}
