import { describe, expect, test } from 'vitest';
import { createComplete } from '../../../src/mcp/features/completion.ts';
import { type Content, parseContent } from '../../../src/mcp/features/content.ts';
import { listAll } from '../../../src/mcp/features/list-all.ts';
import { PROMPTS, parsePromptResult } from '../../../src/mcp/features/prompts.ts';
import { parseReadResult, RESOURCE_TEMPLATES, RESOURCES } from '../../../src/mcp/features/resources.ts';
import { parseToolResult, TOOLS } from '../../../src/mcp/features/tools.ts';
import { prettyJson } from '../../../src/mcp/json-rpc.ts';

/** Answers requests in order, and records them. */
function answering(...results: unknown[]) {
    const asked: unknown[] = [];
    const request = async (method: string, params?: object) => {
        asked.push([method, params]);
        return results.shift();
    };
    return { request, asked };
}

describe('listAll', () => {
    test('requests page by page', async () => {
        const { request, asked } = answering(
            { tools: [{ name: 'add' }], nextCursor: 'more' },
            { tools: [{ name: 'echo', title: 'Echo', inputSchema: { type: 'object' } }], nextCursor: '' }
        );
        expect(await listAll(request, TOOLS)).toEqual([
            { name: 'add', title: 'add', description: '', hints: [], inputSchema: {} },
            { name: 'echo', title: 'Echo', description: '', hints: [], inputSchema: { type: 'object' } }
        ]);
        expect(asked).toEqual([
            ['tools/list', undefined],
            ['tools/list', { cursor: 'more' }]
        ]);
    });

    test('rejects a list that never ends', async () => {
        const page = { tools: [], nextCursor: 'again' };
        await expect(listAll(answering(page, page, page).request, TOOLS)).rejects.toMatchObject({ code: 'bad-reply' });
        const pages = Array.from({ length: 200 }, (_, number) => ({ tools: [], nextCursor: `${number}` }));
        const { request, asked } = answering(...pages);
        await expect(listAll(request, TOOLS)).rejects.toMatchObject({ code: 'bad-reply' });
        expect(asked).toHaveLength(100);
    });

    test.each([
        [TOOLS, {}],
        [TOOLS, { tools: [{}] }],
        [TOOLS, { tools: ['add'] }],
        [RESOURCES, { resources: [{ name: 'clock' }] }],
        [RESOURCE_TEMPLATES, { resourceTemplates: [{ name: 'joke' }] }],
        [PROMPTS, null]
    ])('rejects an item of %j that is %j', async (kind, page) => {
        await expect(listAll<unknown>(answering(page).request, kind)).rejects.toMatchObject({ code: 'bad-reply' });
    });

    test.each([
        [{ readOnlyHint: true, idempotentHint: true, openWorldHint: false }, ['readOnly', 'idempotent']],
        [{ openWorldHint: true, destructiveHint: true, readOnlyHint: 'true' }, ['destructive', 'openWorld']],
        [null, []]
    ])('reads the annotations %j of a tool', async (annotations, hints) => {
        const tools = [{ name: 'add', annotations }];
        expect(await listAll(answering({ tools }).request, TOOLS)).toMatchObject([{ hints }]);
    });

    test.each([
        [undefined, true],
        [{ 'mcp-calculator/subscribable': true }, true],
        [{ 'mcp-calculator/subscribable': false }, false]
    ])('a resource with the _meta %j can be subscribed to: %j', async (_meta, isSubscribable) => {
        const resources = [{ uri: 'a://b', name: 'b', _meta }];
        expect(await listAll(answering({ resources }).request, RESOURCES)).toMatchObject([{ isSubscribable }]);
    });

    test('leaves out an invalid item and keeps the others', async () => {
        const tools = [{}, { name: 'add', annotations: null }, 'echo'];
        expect(await listAll(answering({ tools }).request, TOOLS)).toMatchObject([{ name: 'add' }]);
    });

    test('rejects a list of 300,000 items', async () => {
        const tools = Array.from({ length: 300_000 }, (_, number) => ({ name: `${number}` }));
        await expect(listAll(answering({ tools }).request, TOOLS)).rejects.toMatchObject({ code: 'bad-reply' });
    });

    test('parses the arguments of prompts', async () => {
        const prompt = {
            name: 'ask',
            arguments: [
                { name: 'zone', required: true },
                { name: 'city', description: 'A' }
            ]
        };
        expect(await listAll(answering({ prompts: [prompt] }).request, PROMPTS)).toMatchObject([
            {
                args: [
                    { name: 'zone', description: '', required: true },
                    { name: 'city', description: 'A', required: false }
                ]
            }
        ]);
    });
});

test.each<[object | null, Content]>([
    [
        { type: 'text', text: 'five' },
        { kind: 'text', text: 'five' }
    ],
    [
        { type: 'image', data: 'AAECAw==', mimeType: 'image/png' },
        { kind: 'blob', mimeType: 'image/png', bytes: 4 }
    ],
    [
        { type: 'audio', data: 'AAEC' },
        { kind: 'blob', mimeType: '', bytes: 3 }
    ],
    [
        { type: 'resource_link', uri: 'a://b', name: 'b' },
        { kind: 'link', uri: 'a://b', title: 'b', description: '', mimeType: '' }
    ],
    [
        { type: 'resource', resource: { uri: 'a://b', text: 'c' } },
        { kind: 'resource', contents: { uri: 'a://b', mimeType: '', body: { kind: 'text', text: 'c' } } }
    ],
    [
        { type: 'resource', resource: { uri: 'a://b' } },
        { kind: 'other', value: { type: 'resource', resource: { uri: 'a://b' } } }
    ],
    [
        { type: 'text', text: 5 },
        { kind: 'other', value: { type: 'text', text: 5 } }
    ],
    [null, { kind: 'other', value: null }]
])('parseContent parses %j as %j', (block, content) => {
    expect(parseContent(block)).toEqual(content);
});

describe('a result parser', () => {
    test('reads isError of a tool result', () => {
        expect(parseToolResult({ content: [{ type: 'text', text: 'no' }], isError: true })).toEqual({
            content: [{ kind: 'text', text: 'no' }],
            isError: true,
            structuredContent: undefined
        });
    });

    test('reads texts and blobs of a resource', () => {
        const contents = [
            { uri: 'a://b', text: '' },
            { uri: 'a://c', blob: 'AAE=', mimeType: 'image/png' }
        ];
        expect(parseReadResult({ contents })).toMatchObject([
            { uri: 'a://b', body: { kind: 'text', text: '' } },
            { uri: 'a://c', mimeType: 'image/png', body: { kind: 'blob', bytes: 2 } }
        ]);
    });

    test('reads the messages of a prompt with their roles', () => {
        const messages = [
            { role: 'user', content: { type: 'text', text: 'when?' } },
            { role: 'assistant', content: [{ type: 'text', text: 'now' }] }
        ];
        expect(parsePromptResult({ messages })).toEqual({
            description: '',
            messages: [
                { role: 'user', content: [{ kind: 'text', text: 'when?' }] },
                { role: 'assistant', content: [{ kind: 'text', text: 'now' }] }
            ]
        });
    });

    test.each([
        [parseToolResult, { sum: 5 }],
        [parseReadResult, {}],
        [parseReadResult, { contents: [{ uri: 'a://b' }] }],
        [parsePromptResult, undefined]
    ])('rejects a result without the required member', (parse, result) => {
        expect(() => parse(result)).toThrow(expect.objectContaining({ code: 'bad-reply' }));
    });
});

describe('createComplete', () => {
    const ref = { type: 'ref/prompt', name: 'ask' } as const;

    test('sends the other arguments with the request', async () => {
        const { request, asked } = answering(
            { completion: { values: ['Europe/Paris', 7] } },
            { completion: { values: [] } }
        );
        const complete = createComplete(request, ref);
        expect(await complete('zone', 'par', { city: 'Paris' })).toEqual(['Europe/Paris']);
        await complete('zone', '', {});
        const argument = { name: 'zone', value: 'par' };
        expect(asked).toEqual([
            ['completion/complete', { ref, argument, context: { arguments: { city: 'Paris' } } }],
            ['completion/complete', { ref, argument: { name: 'zone', value: '' } }]
        ]);
    });

    test('rejects a reply without values', async () => {
        await expect(createComplete(answering({}).request, ref)('zone', '', {})).rejects.toMatchObject({
            code: 'bad-reply'
        });
    });
});

test('prettyJson shows JSON that is nested too deep to indent', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`);
    expect(typeof prettyJson(deep)).toBe('string');
    expect(prettyJson({ a: 1 })).toBe('{\n  "a": 1\n}');
});
