import { createClient, ErrorReply } from 'redis';
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

/** A command was rejected before it was sent. */
export class NotSent extends BrokerUnavailable {}

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

/** Runs one command. Rejects with Redis's own error if Redis refuses it, and with `BrokerUnavailable` without a reply. */
export async function sendCommand(connection: Connection, command: readonly string[], limitMs: number) {
    try {
        return await inTime<unknown>(connection.sendCommand([...command]), limitMs);
    } catch (error) {
        const { cause } = error as BrokerUnavailable;
        throw cause instanceof ErrorReply ? cause : error;
    }
}

/** How Redis says that the rights of its user do not suffice; the second and the third for a command of a script. */
const LACKS_RIGHT = /^NOPERM|ACL failure in script|user executing the script can't/;

/** Where in a script Redis refused it, which operators cannot use. */
const WHERE = / script: \w+, on @\w+:\d+\.$/;

/** What went wrong, without the URL of Redis. */
export function toReason(error: unknown): string {
    if (error instanceof BrokerUnavailable) return error.message;
    if (error instanceof ErrorReply) {
        const hint = LACKS_RIGHT.test(error.message) ? ' (its user lacks a right)' : '';
        return `Redis refused a command: ${error.message.replace(WHERE, '')}${hint}`;
    }
    const { message, code } = error as Partial<NodeJS.ErrnoException>;
    return `Redis is not available: ${message || code || error}`;
}

/** @throws TypeError without the URL, which may have a password. */
export function checkUrl(url: string): void {
    try {
        createConnection(url);
    } catch {
        throw new TypeError('the URL of Redis must be redis[s]://[[user]:password@]host[:port][/database]');
    }
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
        throw new BrokerUnavailable(toReason(error), { cause: error });
    } finally {
        clearTimeout(timer);
    }
}

/** Closes a connection at once, whatever state it is in. */
export function destroy(connection: Connection): void {
    if (connection.isOpen) connection.destroy();
}
