import { type ReadonlySignal, signal } from '@preact/signals';
import { createFaults, type Faults } from '../faults/faults.ts';
import { type Message, message } from '../i18n/i18n.ts';
import { reasonOf } from '../i18n/page-error.ts';
import * as say from '../i18n/texts.ts';
import { CONNECTIONS, streamLimit } from '../mcp/transport/stream-limit.ts';
import type { StreamSource } from '../mcp/transport/stream-source.ts';
import type { TransportKind } from '../mcp/transport/transport.ts';
import type { StreamReader } from '../mcp/transport/wire-fact.ts';
import { createSignIn } from '../own-server/sign-in.ts';
import { createIdleStreams, type IdleStreams } from './faults/idle-streams.ts';
import { type Connection, createConnection } from './session/connection.ts';
import { letters } from './session/letters.ts';
import type { PageClock } from './wire/replay.ts';
import { createShownRecord, type ShownRecord } from './wire/shown-record.ts';

export interface PageOptions extends PageClock {
    /** The absolute address of the page, including its path prefix. */
    url: string;
    /** The HTTP version of the page, as in `PerformanceResourceTiming.nextHopProtocol`. */
    protocol: string;
    fetch: typeof globalThis.fetch;
    sources: Readonly<Record<StreamReader, StreamSource>>;
}

/** Everything that the views show and do. */
export interface Page extends ShownRecord {
    /** The HTTP version of the page, such as `http/1.1` or `h2`. */
    readonly protocol: string;
    /** The absolute address of the stream of the page's own server. */
    readonly streamUrl: string;
    /** The absolute address of Streamable HTTP at the page's own server. */
    readonly mcpUrl: string;
    readonly connections: ReadonlySignal<readonly Connection[]>;
    /** The connection whose tools are shown: the first one until the user selects another. */
    readonly current: ReadonlySignal<Connection | undefined>;
    /** Shows the tools of a connection. */
    select(connection: Connection): void;
    /** Whether the connection is to the page's own server. */
    isOwn(connection: Connection): boolean;
    /**
     * Set while the server requires a token from this browser. Then the page shows only the sign-in form. `reason` says
     * why the page asks again.
     */
    readonly question: ReadonlySignal<{ reason: Message | undefined } | undefined>;
    /** Whether the user can sign out. */
    readonly canSignOut: ReadonlySignal<boolean>;
    /** The faults that the server can inject; undefined if it does not offer them. */
    readonly faults: ReadonlySignal<Faults | undefined>;
    /** Streams to the page's own server without a session. */
    readonly idleStreams: IdleStreams;
    /** Adds a session without starting it. The default is a session with the page's own server over HTTP+SSE. */
    add(options?: SessionChoice): Connection;
    /** Ends a session and removes it from the page. */
    remove(connection: Connection): void;
    /** Connects. If the page's own server requires a token, the page asks for it first. */
    start(connection: Connection): Promise<void>;
    stop(connection: Connection): void;
    /** Closes all streams, because the browser leaves the page. */
    suspend(): void;
    /** Opens again what `suspend` closed, because the browser shows the page again. */
    resume(): void;
    /** Rejects with the error to show next to the field. */
    signIn(token: string): Promise<void>;
    signOut(): Promise<void>;
}

/** What the user chooses for a session. */
export interface SessionChoice {
    /** @default the address of the page's own server for that transport */
    url?: string;
    /** @default 'sse' */
    transport?: TransportKind;
    /** @default 'native' */
    reader?: StreamReader;
}

const CLIENT_INFO = { name: 'browser-demo', version: '0.1.0' };

export function createPage({ url, protocol, fetch, sources, now, schedule, draw }: PageOptions): Page {
    const shownRecord = createShownRecord({ now, schedule, draw });
    const { record } = shownRecord;
    const { origin: pageOrigin } = new URL(url);
    const streamUrl = new URL('sse', url).href;
    const mcpUrl = new URL('mcp', url).href;
    const { check, signIn, signOut } = createSignIn({ url, fetch });
    const connections = signal<readonly Connection[]>([]);
    const current = signal<Connection>();
    const question = signal<{ reason: Message | undefined }>();
    const canSignOut = signal(false);
    const faults = signal<Faults>();
    const idleStreams = createIdleStreams({ url: streamUrl, source: sources.native, fetch, record });
    // Connections to open as soon as the server accepts this browser.
    const wanted = new Set<Connection>();
    const suspended = new Set<Connection>();
    let added = 0;
    // Counts attempts, so that a late answer to an older attempt is ignored.
    let attempt = 0;

    async function connectWanted(reason?: Message): Promise<void> {
        const mine = ++attempt;
        for (const connection of wanted) connection.show({ status: 'connecting' });
        try {
            const { tokenWanted, signedIn, faults: offered } = await check();
            if (mine !== attempt) return;
            canSignOut.value = tokenWanted;
            faults.value = offered ? (faults.value ?? createFaults({ url, fetch })) : undefined;
            if (!signedIn) return askForToken(reason);
            for (const connection of wanted) connect(connection);
        } catch (error) {
            if (mine !== attempt) return;
            for (const connection of wanted) connection.show({ status: 'disconnected', reason: reasonOf(error) });
        }
        wanted.clear();
    }

    /** Opens the stream, unless it would take the last free connection to its server. */
    function connect(connection: Connection): void {
        wanted.delete(connection);
        const server = new URL(connection.url);
        const held = connections.value.filter(
            other =>
                other !== connection &&
                !wanted.has(other) &&
                other.state.value.status !== 'disconnected' &&
                new URL(other.url).origin === server.origin
        );
        if (held.length < streamLimit(server, { origin: pageOrigin, protocol })) return connection.session.connect();
        connection.show({ status: 'disconnected', reason: message(say.error.tooManyStreams, { max: CONNECTIONS }) });
    }

    /**
     * Asks for the token again if the sign-in is no longer valid. EventSource does not report the status of an answer.
     */
    async function findOutWhy(): Promise<void> {
        const mine = attempt;
        // Without an answer, the page keeps the message that it shows.
        const access = await check().catch(() => undefined);
        if (mine === attempt && access?.signedIn === false) askForToken(message(say.signIn.forgotten));
    }

    async function start(connection: Connection): Promise<void> {
        if (!isOwn(connection)) return connect(connection);
        wanted.add(connection);
        await connectWanted();
    }

    /** The sign-in concerns the page's own server only. */
    const isOwn = (connection: Connection): boolean => new URL(connection.url).origin === pageOrigin;

    function askForToken(reason?: Message): void {
        stopOwn();
        question.value = { reason };
    }

    function stop(connection: Connection): void {
        wanted.delete(connection);
        connection.session.close();
    }

    function stopOwn(): void {
        attempt++;
        idleStreams.closeAll();
        for (const connection of connections.value.filter(isOwn)) stop(connection);
    }

    return {
        ...shownRecord,
        protocol,
        streamUrl,
        mcpUrl,
        connections,
        current,
        isOwn,
        question,
        canSignOut,
        faults,
        idleStreams,
        stop,
        select(connection) {
            current.value = connection;
        },
        add({ url: other, transport = 'sse', reader = 'native' } = {}) {
            const key = letters(++added);
            const connection = createConnection({
                key,
                url: other ?? (transport === 'sse' ? streamUrl : mcpUrl),
                transport,
                pageOrigin,
                source: sources[reader],
                schedule,
                fetch,
                clientInfo: CLIENT_INFO,
                onFact: fact => record.wire.record(key, fact),
                onFailed: () => isOwn(connection) && void findOutWhy()
            });
            connections.value = [...connections.value, connection];
            current.value ??= connection;
            return connection;
        },
        remove(connection) {
            stop(connection);
            const at = connections.value.indexOf(connection);
            const left = connections.value.filter(other => other !== connection);
            connections.value = left;
            // The neighbour is shown next.
            if (current.value === connection) current.value = left[at] ?? left.at(-1);
            record.sessions.remove(connection.key);
        },
        start,
        suspend() {
            attempt++;
            idleStreams.closeAll();
            for (const connection of connections.value) {
                if (connection.state.value.status === 'disconnected') continue;
                suspended.add(connection);
                stop(connection);
            }
        },
        resume() {
            for (const connection of suspended) void start(connection);
            suspended.clear();
        },
        async signIn(token) {
            await signIn(token);
            question.value = undefined;
            for (const connection of connections.value.filter(isOwn)) wanted.add(connection);
            void connectWanted(message(say.signIn.noCookie));
        },
        async signOut() {
            stopOwn();
            const mine = attempt;
            try {
                await signOut();
                for (const connection of connections.value.filter(isOwn)) connection.forget();
                record.wire.clear();
                askForToken();
            } catch (error) {
                if (mine !== attempt) return;
                for (const connection of connections.value.filter(isOwn)) {
                    connection.show({ status: 'disconnected', reason: reasonOf(error) });
                }
            }
        }
    };
}
