import { SessionKeeper, SseTransport } from '@calc/transport/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';

/** What a page does that uses the client: it adds, and adds again while its stream is cut. */
export async function addTwice(url: URL, cut: () => Promise<void>) {
    const states: string[] = [];
    const transport = new SseTransport(url, { onState: ({ name }) => states.push(name) });
    const client = new Client({ name: 'page', version: '1' });
    await client.connect(new SessionKeeper(transport));
    const sums: string[] = [];
    for (const b of [3, 5]) {
        if (b === 5) await cut();
        const { content } = await client.callTool({ name: 'add', arguments: { a: 2, b } });
        sums.push(Object(content)[0].text);
    }
    await client.close();
    return { sums, states };
}
