import { type ReadonlySignal, signal } from '@preact/signals';
import type { StreamSource } from '../event-stream.ts';
import { type Message, message } from '../i18n/i18n.ts';
import type { StreamReader } from '../model/wire-fact.ts';
import { createSignIn } from '../sign-in.ts';
import { type Connection, createConnection, reasonOf } from './connection.ts';
import { createRecordStore, type RecordStore } from './record.ts';

export interface PageOptions {
    /** The absolute address of the page, with the prefix it is served under. */
    url: string;
    fetch: typeof globalThis.fetch;
    sources: Readonly<Record<StreamReader, StreamSource>>;
    /** Milliseconds since 1970. */
    now(): number;
    /** Calls back before the browser draws next. */
    draw(callback: () => void): void;
}

/** What to ask for the token with; `reason` says why it is asked for again. */
interface SignInQuestion {
    reason: Message | undefined;
}

/** All that the views show and do. */
export interface Page {
    readonly record: RecordStore;
    readonly connections: ReadonlySignal<readonly Connection[]>;
    /** Set while the server wants a token from this browser: then there is nothing else to be done here. */
    readonly question: ReadonlySignal<SignInQuestion | undefined>;
    /** Whether there is a sign-in to end. */
    readonly canSignOut: ReadonlySignal<boolean>;
    /** Adds a session, to this page's server unless another is named; it still has to be started. */
    add(options?: { url?: string; reader?: StreamReader }): Connection;
    /** Ends a session and shows it no more. */
    remove(connection: Connection): void;
    /** Connects, or asks for the token first. */
    start(connection: Connection): Promise<void>;
    stop(connection: Connection): void;
    /** Rejects with what is to be said beside the field. */
    signIn(token: string): Promise<void>;
    signOut(): Promise<void>;
}

const CLIENT_INFO = { name: 'browser-demo', version: '0.1.0' };

export function createPage({ url, fetch, sources, now, draw }: PageOptions): Page {
    const record = createRecordStore(now, draw);
    const { check, signIn, signOut } = createSignIn({ url, fetch });
    const connections = signal<readonly Connection[]>([]);
    const question = signal<SignInQuestion>();
    const canSignOut = signal(false);
    // Those that are to be connected as soon as the server has said that it knows this browser.
    const wanted = new Set<Connection>();
    let added = 0;
    // What the server says of an attempt that is over is no news.
    let attempt = 0;

    async function connectWanted(reason?: Message): Promise<void> {
        const mine = ++attempt;
        for (const connection of wanted) connection.show({ status: 'connecting' });
        try {
            const { tokenWanted, signedIn } = await check();
            if (mine !== attempt) return;
            canSignOut.value = tokenWanted;
            if (!signedIn) return askForToken(reason);
            for (const { session } of wanted) session.connect();
        } catch (error) {
            if (mine !== attempt) return;
            for (const connection of wanted) connection.show({ status: 'disconnected', reason: reasonOf(error) });
        }
        wanted.clear();
    }

    /** Asks for the token again if that is why a session ended: an EventSource does not tell how it was answered. */
    async function findOutWhy(): Promise<void> {
        const mine = ++attempt;
        // Without an answer, what the page says already is all there is to say.
        const access = await check().catch(() => undefined);
        if (mine === attempt && access?.signedIn === false) askForToken(message('signIn.forgotten'));
    }

    function askForToken(reason?: Message): void {
        stopAll();
        question.value = { reason };
    }

    function stop(connection: Connection): void {
        wanted.delete(connection);
        connection.session.close();
    }

    function stopAll(): void {
        attempt++;
        for (const connection of connections.value) stop(connection);
    }

    return {
        record,
        connections,
        question,
        canSignOut,
        stop,
        add({ url: other = new URL('sse', url).href, reader = 'native' } = {}) {
            const key = String(++added);
            const connection = createConnection({
                key,
                url: other,
                source: sources[reader],
                fetch,
                clientInfo: CLIENT_INFO,
                onFact: fact => record.wire.record(key, fact),
                // Other servers have nothing to do with this one's sign-in.
                onFailed: () => new URL(other).origin === new URL(url).origin && void findOutWhy()
            });
            connections.value = [...connections.value, connection];
            return connection;
        },
        remove(connection) {
            stop(connection);
            connections.value = connections.value.filter(other => other !== connection);
            record.sessions.remove(connection.key);
        },
        start(connection) {
            wanted.add(connection);
            return connectWanted();
        },
        async signIn(token) {
            await signIn(token);
            question.value = undefined;
            for (const connection of connections.value) wanted.add(connection);
            void connectWanted(message('signIn.noCookie'));
        },
        async signOut() {
            stopAll();
            const mine = attempt;
            try {
                await signOut();
                for (const connection of connections.value) connection.forget();
                record.wire.clear();
                askForToken();
            } catch (error) {
                if (mine !== attempt) return;
                for (const connection of connections.value) {
                    connection.show({ status: 'disconnected', reason: reasonOf(error) });
                }
            }
        }
    };
}
