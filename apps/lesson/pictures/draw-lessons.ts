// Draws the sequence diagrams of the lessons from what their servers really say: npm run pictures -w @calc/lesson
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../src/learner/free-port.ts';
import { listening, startProcess } from '../src/learner/start-process.ts';
import { createRecording, type Row } from './record.ts';

const root = new URL('../../../', import.meta.url);
const { draw } = await import(new URL('scripts/draw-diagrams.mjs', root).href);

type Recording = ReturnType<typeof createRecording>;

const initialize = {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2024-11-05', capabilities: {}, clientInfo: { name: 'picture', version: '1.0.0' } }
};
const add = (id: number, a: number, b: number) => ({
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: { name: 'add', arguments: { a, b } }
});

/** One client: the whole of a session. */
async function oneClient({ open, replies }: Recording): Promise<void> {
    const client = await open(0);
    await client.post(initialize);
    await replies();
    await client.post(add(2, 2, 3));
    await replies();
    client.close();
}

/** Two clients that use the same ids at once. */
async function twoClients({ open, replies }: Recording): Promise<void> {
    const first = await open(0);
    const second = await open(1);
    const clients = [first, second].filter(client => !client.refused);
    for (const client of clients) {
        await client.post(initialize);
        await replies();
    }
    for (const [index, client] of clients.entries()) {
        await client.post(add(2, 10 * (index + 1), 1));
        await replies();
    }
    for (const client of [first, second]) client.close();
}

const pictures = [
    { file: '02-the-protocol-by-hand/wire.svg', server: '02-the-protocol-by-hand/solution', scene: oneClient },
    { file: '04-the-second-client/one-server.svg', server: '04-the-second-client/problem', scene: twoClients },
    { file: '04-the-second-client/two-servers.svg', server: '04-the-second-client/solution', scene: twoClients }
];

/** Each picture by its path in lessons/. */
export async function drawPictures(): Promise<Record<string, string>> {
    return Object.fromEntries(await Promise.all(pictures.map(drawPicture)));
}

async function drawPicture({ file, server, scene }: (typeof pictures)[number]): Promise<[string, string]> {
    const port = await findFreePort();
    const main = fileURLToPath(new URL(`lessons/${server}/server.ts`, root));
    await using process = startProcess(main, [], { PORT: String(port) });
    await listening(process, port);
    const recording = createRecording(`http://127.0.0.1:${port}`);
    await scene(recording);
    return [file, drawRows(recording.rows, server)];
}

function drawRows(rows: Row[], server: string): string {
    const two = rows.some(({ client }) => client === 1);
    const panel = two
        ? { rows, clients: [60, 760], server: 410, names: ['A', 'B'], serverName: 'server.ts' }
        : { rows, clients: [60], server: 410, names: ['A'], serverName: 'server.ts' };
    const description = rows.map(
        ({ client, to, lines }) => `${'AB'[client]} ${to === 'server' ? '→' : '←'} ${lines.join(' ')}`
    );
    return draw(`lessons/${server}`, description.join('; '), two ? 820 : 470, [panel], ['GET /sse', 'POST']);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    for (const [file, svg] of Object.entries(await drawPictures()))
        writeFileSync(new URL(`lessons/${file}`, root), svg);
}
