import { connectClient, openStream, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { builtInJokes } from '@calc/tools';
import { expect } from 'vitest';

const isUpdate = (frame: { kind: string; data?: string }) => frame.data?.includes('resources/updated') ?? false;

proves(['resource.clock'], 'updates of the clock are sent to subscribers, and to no other client', async () => {
    await using server = await startServer();
    await using subscriber = await openStream(server.sseUrl);
    await using other = await openStream(server.sseUrl);
    await subscriber.initialize();
    await other.initialize();
    await subscriber.request(1, 'resources/subscribe', { uri: 'clock://now' });
    await subscriber.find(isUpdate);
    expect(subscriber.messages().at(-1)).toMatchObject({
        method: 'notifications/resources/updated',
        params: { uri: 'clock://now' }
    });
    await subscriber.request(2, 'resources/unsubscribe', { uri: 'clock://now' });
    const updates = subscriber.frames.filter(isUpdate).length;

    // Once another subscriber has been told, the first would have been told as well.
    await other.request(1, 'resources/subscribe', { uri: 'clock://now' });
    expect(other.frames.some(isUpdate)).toBe(false);
    await other.find(isUpdate);
    expect(subscriber.frames.filter(isUpdate)).toHaveLength(updates);
});

proves(['resource.clock', 'resource.fixed', 'resource.template'], 'resources are listed and read', async () => {
    await using server = await startServer({}, { now: () => new Date('2026-01-02T03:04:05.678Z') });
    await using client = await connectClient(server.sseUrl);
    expect(client.getServerCapabilities()?.resources).toMatchObject({ subscribe: true });
    const { resources } = await client.listResources();
    expect(resources.map(resource => resource.uri)).toEqual(
        expect.arrayContaining(['clock://now', 'joke://built-in/1'])
    );
    // Every resource but the clock says that it never changes.
    const isFixed = resources.map(({ uri, _meta }) => [uri, _meta?.['mcp-calculator/subscribable'] === false]);
    expect(isFixed.filter(([, isSo]) => !isSo)).toEqual([['clock://now', false]]);
    const { contents } = await client.readResource({ uri: 'clock://now' });
    expect(contents).toMatchObject([{ text: '2026-01-02T03:04:05.678Z' }]);

    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates.map(template => template.uriTemplate)).toEqual(['joke://built-in/{number}']);
    const joke = await client.readResource({ uri: 'joke://built-in/2' });
    expect(joke.contents).toMatchObject([{ text: builtInJokes[1] }]);
    await expect(client.readResource({ uri: 'joke://built-in/0' })).rejects.toMatchObject({
        code: -32002,
        data: { uri: 'joke://built-in/0' }
    });
    const { completion } = await client.complete({
        ref: { type: 'ref/resource', uri: 'joke://built-in/{number}' },
        argument: { name: 'number', value: '1' }
    });
    expect(completion.values).toEqual(['1', '10']);
});

proves(
    ['resource.template', 'prompt', 'rpc.malformed-params'],
    'completion/complete names what it cannot complete',
    async () => {
        await using server = await startServer();
        await using client = await connectClient(server.sseUrl);
        const template = 'joke://built-in/{number}';
        for (const [ref, name, said] of [
            [{ type: 'ref/prompt', name: 'no-such-prompt' }, 'timezone', 'no-such-prompt'],
            [{ type: 'ref/prompt', name: 'what-time-is-it' }, 'city', 'city'],
            [{ type: 'ref/resource', uri: 'joke://{x}' }, 'number', 'joke://{x}'],
            [{ type: 'ref/resource', uri: template }, 'x', template]
        ] as const) {
            const completing = client.complete({ ref, argument: { name, value: '' } });
            await expect(completing).rejects.toMatchObject({ code: -32602, message: expect.stringContaining(said) });
        }
    }
);

proves(['prompt'], 'the prompt completes its time zone and asks for the time there', async () => {
    await using server = await startServer();
    await using client = await connectClient(server.sseUrl);
    const { prompts } = await client.listPrompts();
    expect(prompts).toMatchObject([{ name: 'what-time-is-it', arguments: [{ name: 'timezone', required: true }] }]);
    const { completion } = await client.complete({
        ref: { type: 'ref/prompt', name: 'what-time-is-it' },
        argument: { name: 'timezone', value: 'par' }
    });
    expect(completion.values).toContain('Europe/Paris');
    const { messages } = await client.getPrompt({ name: 'what-time-is-it', arguments: { timezone: 'Europe/Paris' } });
    expect(messages).toMatchObject([{ role: 'user', content: { text: expect.stringMatching('Europe/Paris') } }]);
});
