import fc from 'fast-check';

/** A body to be sent. `id` is the one under which it must be answered, where it is a valid request. */
export interface Body {
    text: string;
    id: string | undefined;
}

/** Params that fit, by method. */
const requests: [method: string, params: object][] = [
    ['ping', {}],
    ['tools/list', {}],
    ['tools/call', { name: 'add', arguments: { a: 1, b: 2 } }],
    ['tools/call', { name: 'echo', arguments: { message: 'é\u2028"\\' } }],
    ['tools/call', { name: 'server_time', arguments: { timezone: 'Europe/Paris' } }],
    ['tools/call', { name: 'random-joke' }],
    ['resources/read', { uri: 'clock://now' }],
    ['resources/read', { uri: 'joke://built-in/1' }],
    ['prompts/get', { name: 'what-time-is-it', arguments: { timezone: 'UTC' } }],
    [
        'completion/complete',
        { ref: { type: 'ref/prompt', name: 'what-time-is-it' }, argument: { name: 'timezone', value: 'par' } }
    ]
];

const others: object[] = [
    { method: 'initialize', id: 'opens', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: {} } },
    { method: 'notifications/initialized' },
    { method: 'notifications/cancelled', params: { requestId: 'x', reason: 'r' } },
    { method: 'notifications/progress', params: { progressToken: 1, progress: 1 } },
    { method: 'resources/subscribe', id: 's', params: { uri: 'clock://now' } },
    { method: 'subscriptions/listen', id: 'l', params: { notifications: {} } },
    { method: 'logging/setLevel', id: 'g', params: { level: 'debug' } },
    { id: 1, result: {} },
    { id: 1, error: { code: 1, message: 'm' } }
];

/** Values that break things: of every type, deep, wide, long, and with names that mean something to JavaScript. */
const odd: fc.Arbitrary<unknown> = fc.oneof(
    fc.constantFrom(null, true, 0, -1, 1.5, 1e300, 2 ** 60, '', '__proto__', [], {}),
    fc.jsonValue({ maxDepth: 4 }),
    fc.string({ unit: 'binary', maxLength: 50 }),
    fc.integer({ min: 50, max: 3000 }).map(nest),
    fc.integer({ min: 100, max: 12_000 }).map(length => Array.from({ length }, () => ({}))),
    fc.integer({ min: 100, max: 60_000 }).map(length => '\u0001é'.repeat(length)),
    fc.constantFrom('constructor', '__proto__', 'toString').map(name => JSON.parse(`{"${name}":{"${name}":1}}`))
);

let lastId = 0;

const valid = fc.constantFrom(...requests).map(([method, params]): [string, object] => {
    lastId++;
    const id = `fuzz ${lastId}`;
    return [id, { jsonrpc: '2.0', id, method, params }];
});

/** What a way in adds to each message. */
export type Wrap = (message: object) => object;

/** A message with one value, at any place, replaced by an odd one. */
const broken = (wrap: Wrap) =>
    fc
        .tuple(
            fc.oneof(
                valid.map(([, message]) => message),
                fc.constantFrom(...others)
            ),
            fc.nat(),
            odd
        )
        .map(([message, place, value]) => replaceAt(wrap({ jsonrpc: '2.0', ...message }), place, value));

/** Bodies of all kinds: requests that are valid, messages that are nearly so, and other bytes. */
export function bodies(wrap: Wrap = message => message): fc.Arbitrary<Body> {
    const unanswered = (text: string): Body => ({ text, id: undefined });
    return fc.oneof(
        { weight: 4, arbitrary: valid.map(([id, message]) => ({ text: JSON.stringify(wrap(message)), id })) },
        { weight: 6, arbitrary: broken(wrap).map(message => unanswered(JSON.stringify(message))) },
        {
            weight: 1,
            arbitrary: fc.array(broken(wrap), { maxLength: 4 }).map(batch => unanswered(JSON.stringify(batch)))
        },
        {
            weight: 1,
            arbitrary: fc.tuple(broken(wrap), fc.double({ min: 0, max: 1, noNaN: true })).map(([message, part]) => {
                const text = JSON.stringify(message);
                return unanswered(text.slice(0, part * text.length));
            })
        },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }).map(unanswered) },
        { weight: 1, arbitrary: fc.constantFrom('[', '{"a":', '"').map(piece => unanswered(piece.repeat(5000))) }
    );
}

function nest(levels: number): unknown {
    let value: unknown = 0;
    for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value };
    return value;
}

/** A copy in which the value at the place with that number, counted through all of it, is another. */
function replaceAt(message: object, place: number, value: unknown): object {
    const copy = structuredClone(message);
    const places: [owner: Record<string, unknown>, name: string][] = [];
    const visit = (owner: object) => {
        for (const [name, member] of Object.entries(owner)) {
            places.push([owner as Record<string, unknown>, name]);
            if (typeof member === 'object' && member !== null) visit(member);
        }
        places.push([owner as Record<string, unknown>, 'added']);
    };
    visit(copy);
    const [owner, name] = places[place % places.length] ?? [];
    if (owner && name !== undefined) owner[name] = value;
    return copy;
}
