import { request } from 'node:http';
import { createParser } from 'eventsource-parser';

/** One arrow of a sequence diagram, as scripts/draw-diagrams.mjs draws it. */
export interface Row {
    client: number;
    way: 'stream' | 'post';
    to: 'client' | 'server';
    lines: string[];
    opens?: boolean;
    closes?: boolean;
}

/** Longest line of an arrow, in characters. */
const MAX_LINE = 38;

const MAX_WAIT_MS = 2000;

/** Records what several clients and a server say, in the order in which the clients see it. */
export function createRecording(origin: string) {
    const rows: Row[] = [];
    const names = new Map<string, string>();
    const waiting = new Set<() => void>();

    function add(row: Row): void {
        rows.push({ ...row, lines: row.lines.map(shorten) });
        for (const check of waiting) check();
    }

    /** The same picture each time: session ids become s1, s2, … in the order of their appearance. */
    function shorten(line: string): string {
        const short = line.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, id => {
            names.set(id, names.get(id) ?? `s${names.size + 1}`);
            return names.get(id) ?? id;
        });
        return short.length > MAX_LINE ? `${short.slice(0, MAX_LINE - 1)}…` : short;
    }

    /** Waits for what a right server says; a wrong one says nothing, and the picture shows that. */
    function until(found: () => boolean): Promise<void> {
        return new Promise(resolve => {
            const settle = () => {
                clearTimeout(timer);
                waiting.delete(check);
                resolve();
            };
            const check = () => {
                if (found()) settle();
            };
            const timer = setTimeout(settle, MAX_WAIT_MS);
            waiting.add(check);
            check();
        });
    }

    /** A client with a stream of its own. */
    async function open(client: number) {
        add({ client, way: 'stream', to: 'server', lines: ['GET /sse'] });
        const outgoing = request(`${origin}/sse`, { agent: false }).end();
        let endpoint = '';
        let refused = false;
        const parser = createParser({
            onEvent({ event = 'message', data }) {
                const opens = event === 'endpoint' ? { opens: true } : {};
                if (event === 'endpoint') endpoint = data;
                add({
                    client,
                    way: 'stream',
                    to: 'client',
                    lines: [`event: ${event}`, `data: ${shown(data)}`],
                    ...opens
                });
            }
        });
        outgoing.on('response', response => {
            if (response.statusCode !== 200) {
                refused = true;
                add({ client, way: 'stream', to: 'client', lines: [status(response)] });
            }
            response.setEncoding('utf8').on('data', chunk => parser.feed(chunk));
        });
        await until(() => endpoint !== '' || refused);
        return {
            refused,
            /** POSTs a message; resolves with the arrow of the response. */
            async post(message: object): Promise<void> {
                const lines = ['POST', condense(message as Record<string, unknown>)];
                add({ client, way: 'post', to: 'server', lines, opens: true });
                const headers = { 'Content-Type': 'application/json' };
                const posting = request(new URL(endpoint, origin), { method: 'POST', headers, agent: false });
                posting.end(JSON.stringify(message));
                await new Promise<void>(resolve =>
                    posting.on('response', response => {
                        add({ client, way: 'post', to: 'client', lines: [status(response)], closes: true });
                        response.resume().on('end', resolve);
                    })
                );
            },
            close: () => outgoing.destroy()
        };
    }

    /** Resolves when each POST that was accepted has its event `message`, on whatever stream. */
    const replies = () => until(() => count('event: message') >= count('202 Accepted'));
    const count = (line: string) => rows.filter(({ lines }) => lines[0] === line).length;

    return { rows, open, replies };
}

const shown = (data: string) => (data.startsWith('{') ? condense(JSON.parse(data)) : data);

/** A message as JSON, with only what tells one message from another. */
function condense(message: Record<string, unknown>): string {
    const { id, method, params, result } = message as {
        id?: unknown;
        method?: string;
        params?: { arguments?: object };
        result?: { content?: [{ text: string }] };
    };
    const json = JSON.stringify({ id, ...(method && { method }) }).slice(0, -1);
    if (params?.arguments) return `{"id":${id}, … ${JSON.stringify(params.arguments)} … }`;
    if (result?.content) return `${json},"result":{ … "${result.content[0].text}" … }}`;
    return `${json}, … }`;
}

const status = (response: { statusCode?: number | undefined; statusMessage?: string | undefined }) =>
    `${response.statusCode} ${response.statusMessage}`;
