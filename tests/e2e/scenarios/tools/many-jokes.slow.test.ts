import { connectClient, startJokeApi, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';

proves(
    ['tool.random-joke'],
    'many calls that wait for the API at the same time all end at their time limit',
    async () => {
        await using api = await startJokeApi('hangs');
        const jokeApi = { url: api.url, timeoutMs: 1000 };
        await using server = await startServer({}, { jokeApi, warn: () => {} });
        await using client = await connectClient(server.sseUrl);
        const calls = Array.from({ length: 200 }, () => client.callTool({ name: 'random-joke' }));
        // What the calls leave behind makes the garbage collector run while they wait.
        for (let i = 0; i < 200; i++)
            await client.callTool({ name: 'echo', arguments: { message: 'x'.repeat(50_000) } });
        const sources = (await Promise.all(calls)).map(call => Object(call.structuredContent).source);
        expect(new Set(sources)).toEqual(new Set(['built-in']));
    }
);
