import { startJokeApi } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';
import { add, initialize, startStdio, toLegacy } from '../../helpers/stdio-process.ts';

const MIB = 1024 ** 2;
const sum = (id: number | string, value: number) => ({
    jsonrpc: '2.0',
    id,
    result: expect.objectContaining({ structuredContent: { sum: value } })
});
const refused = (code: number, message: RegExp, id: number | string | null = null) => ({
    jsonrpc: '2.0',
    id,
    error: { code, message: expect.stringMatching(message) }
});

/** What the server writes and how it ends when its whole input is this, behind `initialize`. */
async function answersTo(...input: (string | Buffer | object)[]) {
    await using server = startStdio();
    server.send(initialize);
    // Errors wait for nothing, and would overtake the answer.
    await server.printed(/"id":0/);
    for (const line of input) {
        const isRaw = typeof line === 'string' || Buffer.isBuffer(line);
        server.child.stdin.write(isRaw ? line : `${JSON.stringify(line)}\n`);
    }
    server.child.stdin.end();
    const { code, messages, stderr } = await server.ended;
    expect([code, stderr]).toEqual([0, '']);
    expect(messages[0]).toMatchObject({ id: 0, result: {} });
    return messages.slice(1);
}

proves(['stdio.lines'], 'stdio: CR LF, blank lines and a last line without a line feed are read', async () => {
    const answers = await answersTo(`\n  \r\n\r\n${JSON.stringify(add(1, 2, 1))}\r\n`, JSON.stringify(add(3, 4, 2)));
    expect(answers).toEqual([sum(1, 3), sum(2, 7)]);
});

proves(['stdio.lines'], 'stdio: a byte order mark in front of the first line is dropped, and no other', async () => {
    await using server = startStdio();
    server.child.stdin.write(`\uFEFF${JSON.stringify(initialize)}\n`);
    await server.printed(/"id":0/);
    server.child.stdin.end(`\uFEFF${JSON.stringify(add(1, 2, 1))}\n`);
    const { messages } = await server.ended;
    expect(messages).toEqual([expect.objectContaining({ id: 0 }), refused(-32700, /not JSON/)]);
});

proves(
    ['stdio.errors'],
    'stdio: a line that is not a message gets the error that a POST gets, and later lines are read',
    async () => {
        const cases: [string | Buffer, ReturnType<typeof refused>][] = [
            ['not JSON', refused(-32700, /not JSON/)],
            [Buffer.from([0x22, 0xff, 0x22]), refused(-32700, /not JSON in UTF-8/)],
            ['[]', refused(-32600, /batch/)],
            ['{"jsonrpc":"2.0","id":null,"method":"ping"}', refused(-32600, /id must be .*null/)],
            ['{"jsonrpc":"1.0","id":7,"method":"ping"}', refused(-32600, /jsonrpc must be "2\.0"/, 7)],
            ['{"jsonrpc":"2.0","id":8,"method":"ping","params":[]}', refused(-32602, /params must be an object/, 8)],
            ['{"jsonrpc":"2.0","id":9,"result":5}', refused(-32600, /result must be an object/)],
            [
                `{"jsonrpc":"2.0","id":"${'x'.repeat(257)}","method":"ping"}`,
                refused(-32600, /id must be .* at most 256 characters/)
            ],
            [
                `{"jsonrpc":"2.0","id":1,"method":"ping","params":${'['.repeat(100)}`,
                refused(-32600, /nested more than 64/)
            ],
            [`[${'0,'.repeat(20_000)}0]`, refused(-32600, /more than 10000 members/)]
        ];
        const input = cases.flatMap(([line]) => [line, '\n']);
        expect(await answersTo(...input, add(1, 2, 'last'))).toEqual([
            ...cases.map(([, answer]) => answer),
            sum('last', 3)
        ]);
    }
);

proves(
    ['stdio.errors'],
    'stdio: params null counts as absent, and the error names what is wrong with initialize',
    async () => {
        await using server = startStdio();
        server.child.stdin.write('{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":5}}\n');
        server.send(initialize);
        server.child.stdin.end('{"jsonrpc":"2.0","id":2,"method":"tools/list","params":null}\n');
        const { code, messages, stderr } = await server.ended;
        expect([code, stderr]).toEqual([0, '']);
        expect(messages).toEqual([
            refused(-32602, /protocolVersion must be a string/, 1),
            expect.objectContaining({ id: 0, result: expect.anything() }),
            expect.objectContaining({ id: 2, result: expect.anything() })
        ]);
    }
);

proves(
    ['stdio.line-limit'],
    'stdio: a line over 4 MiB gets an error, whole or in pieces, and the next line is read',
    async () => {
        const answers = await answersTo(
            Buffer.alloc(12 * MIB, ' '),
            '\n',
            JSON.stringify({ ...add(1, 2, 1), padding: ' '.repeat(4 * MIB) }),
            '\n',
            add(1, 2, 2),
            Buffer.alloc(5 * MIB, '[')
        );
        const tooLarge = refused(-32600, /too large; a line may have 4194304 bytes/);
        expect(answers).toEqual([tooLarge, tooLarge, sum(2, 3), tooLarge]);
    }
);

proves(['stdio.ids'], 'stdio: an id used again after its answer is a new request', async () => {
    await using server = startStdio();
    server.send(initialize, add(1, 2, 1));
    await server.printed(/"sum":3/);
    server.send(add(5, 6, 1));
    server.child.stdin.end();
    expect((await server.ended).messages.slice(1)).toEqual([sum(1, 3), sum(1, 11)]);
});

proves(['stdio.ids'], 'stdio: a request in flight is not run twice, and no other request can have its id', async () => {
    await using api = await startJokeApi('hangs');
    await using server = startStdio({ JOKE_API_URL: api.url });
    const joke = toLegacy('tools/call', { name: 'random-joke' }, 'a');
    server.send(initialize, joke);
    await api.asked;
    server.send(joke, add(1, 2, 'a'), { ...joke, jsonrpc: '1.0' });
    server.child.stdin.end();
    await server.printed(/jsonrpc must be/);
    expect(api.hanging).toBe(1);
    api.answer();
    const { messages } = await server.ended;
    expect(messages.slice(1)).toEqual([
        refused(-32600, /^The id "a" belongs to a request that is not answered yet/),
        refused(-32600, /jsonrpc/),
        expect.objectContaining({ id: 'a', result: expect.anything() })
    ]);
});

proves(['stdio.backpressure'], 'stdio: 5,000 requests sent ahead are all answered, without a warning', async () => {
    const count = 5000;
    await using server = startStdio();
    server.send(initialize);
    for (let id = 1; id <= count; id++) server.send(add(id, 0, id));
    server.child.stdin.end();
    const { code, messages, stderr } = await server.ended;
    expect([code, stderr, messages.length]).toEqual([0, '', count + 1]);
    const sums = messages.slice(1).map(({ id, result }) => id === result.structuredContent.sum);
    expect(sums.every(Boolean)).toBe(true);
});
