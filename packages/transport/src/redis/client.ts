import { createClient } from 'redis';
import { BrokerUnavailable } from '../broker/broker.ts';
import { type Script, scripts } from './scripts/index.ts';

/**
 * A connection that is made once: it does not reconnect and keeps no commands for later.
 *
 * @param silenceMs time without a byte in either direction after which it is closed, in milliseconds; 0 for no limit.
 */
export function createConnection(url: string, silenceMs = 0) {
    const client = createClient({
        url,
        scripts,
        socket: { reconnectStrategy: false, connectTimeout: 2000, socketTimeout: silenceMs },
        disableOfflineQueue: true,
        disableClientInfo: true,
        maintNotifications: 'disabled',
        // Its own limit ends with the sending, and costs a signal for each command.
        commandOptions: { timeout: 0 }
    });
    // Each command is rejected as well.
    client.on('error', () => {});
    return client;
}

export type Connection = ReturnType<typeof createConnection>;

/** What a script returns: strings, numbers, and arrays of these. */
export type ScriptReply = readonly unknown[];

/** Runs a script. Rejects with `BrokerUnavailable` if its reply does not come in time. */
export async function runScript(
    connection: Connection,
    script: Script,
    keys: string[],
    values: readonly (string | number)[],
    limitMs: number
): Promise<ScriptReply> {
    return (await inTime<unknown>(connection[script](keys, values.map(String)), limitMs)) as ScriptReply;
}

/** Rejects with `BrokerUnavailable` if a reply fails or does not come in time. */
export async function inTime<T>(reply: Promise<T>, limitMs: number): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    try {
        return await Promise.race([
            reply,
            new Promise<never>((_, reject) => {
                timer = setTimeout(() => reject(new Error(`Redis did not reply within ${limitMs} ms`)), limitMs);
            })
        ]);
    } catch (error) {
        throw new BrokerUnavailable(`Redis is not available: ${error instanceof Error ? error.message : error}`, {
            cause: error
        });
    } finally {
        clearTimeout(timer);
    }
}

/** Closes a connection at once, whatever state it is in. */
export function destroy(connection: Connection): void {
    if (connection.isOpen) connection.destroy();
}
