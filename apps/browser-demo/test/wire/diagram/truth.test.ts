import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WireFact } from '../../../src/mcp/transport/wire-fact.ts';
import type { WireEntry } from '../../../src/wire/wire-entry.ts';
import { createDiagram } from './diagram.ts';

const rpc = (body: object) => JSON.stringify({ jsonrpc: '2.0', ...body });
const url = 'http://calc.test/sse';
const few = fc.integer({ min: 1, max: 4 });
const maybe = fc.constantFrom(undefined, true as const);
const post = fc.option(few, { nil: undefined });
const placeOf = (post: number | undefined): { post?: number } => (post === undefined ? {} : { post });

/** Any fact at all, also those that no real session would report in this order. */
const anyFact: fc.Arbitrary<WireFact> = fc.oneof(
    fc.constant<WireFact>({ kind: 'connecting', url, reader: 'raw' }),
    fc.constantFrom<WireFact>(
        { kind: 'reconnecting', url, lastEventId: 's:4' },
        { kind: 'reconnecting', url, lastEventId: '', late: true }
    ),
    post.map((number): WireFact => {
        return { kind: 'reconnecting', url, lastEventId: 's:4', ...placeOf(number) };
    }),
    post.map((number): WireFact => ({ kind: 'opened', lastEventId: 's:4', ...placeOf(number) })),
    post.map((number): WireFact => ({ kind: 'declined', status: 405, statusText: '', ...placeOf(number) })),
    fc.constantFrom<WireFact>(
        { kind: 'opened', lastEventId: '' },
        { kind: 'resumed' },
        { kind: 'replaced' },
        { kind: 'dropped' },
        { kind: 'closed', reason: 'asked' },
        { kind: 'closed', reason: 'refused', detail: '503 Service Unavailable' },
        { kind: 'closed', reason: 'refused' }
    ),
    fc.record({ number: few, id: few, automatic: maybe }).map(({ number, id, automatic }): WireFact => {
        const body = rpc({ id, method: 'ping' });
        return { kind: 'post', number, url, body, ...(automatic && { automatic }) };
    }),
    fc
        .record({ number: few, status: fc.constantFrom(0, 200, 202, 404, 503), stream: maybe })
        .map(({ number, status, stream }): WireFact => {
            return { kind: 'answered', number, status, statusText: '', ...(status === 200 && stream && { stream }) };
        }),
    fc.record({ number: few, id: few }).map(({ number, id }): WireFact => {
        return { kind: 'json', number, data: rpc({ id, result: {} }) };
    }),
    fc.record({ number: few, broke: maybe }).map(({ number, broke }): WireFact => {
        return { kind: 'ended', number, ...(broke && { detail: 'network error', resumes: broke }) };
    }),
    fc.record({ id: few, post }).map(({ id, post }): WireFact => {
        return { kind: 'event', event: 'message', id: '', data: rpc({ id, result: {} }), ...placeOf(post) };
    }),
    fc.constant<WireFact>({ kind: 'event', event: 'message', id: '', data: rpc({ method: 'notifications/message' }) }),
    fc.constant<WireFact>({ kind: 'comment', text: 'keepalive', raw: ': keepalive\n\n' })
);

const sequences = fc.array(fc.record({ session: fc.constantFrom('a', 'b'), fact: anyFact }), { maxLength: 60 });

function record(facts: { session: string; fact: WireFact }[]) {
    const diagram = createDiagram();
    for (const { session, fact } of facts) {
        diagram.wire.record(session, fact);
        // The rows grow with the record, as they do in the page.
        diagram.rows();
    }
    return diagram;
}

/** Whether `proof` can only exist if the server has seen `request`: read from the two facts alone. */
function proves(proof: WireEntry, request: WireEntry): boolean {
    if (proof.session !== request.session || proof.seq <= request.seq) return false;
    if (request.kind === 'post') {
        if (proof.kind === 'answered') return proof.number === request.number && proof.status > 0;
        const isReply = (proof.kind === 'event' || proof.kind === 'json') && proof.rpc?.kind === 'result';
        return (
            isReply &&
            proof.rpc?.kind === 'result' &&
            request.rpc?.kind === 'request' &&
            proof.rpc.id === request.rpc.id
        );
    }
    if (proof.kind === 'closed') return proof.detail !== undefined;
    if (proof.kind !== 'opened' && proof.kind !== 'declined') return false;
    return proof.post === (request.kind === 'reconnecting' ? request.post : undefined);
}

test('no arrow reaches the server without a later entry that proves it', () => {
    fc.assert(
        fc.property(sequences, facts => {
            const { wire, reaches } = record(facts);
            for (const entry of wire.entries()) {
                const reach = reaches.of(entry.seq);
                const isRequest = entry.kind === 'post' || entry.kind === 'connecting' || entry.kind === 'reconnecting';
                expect(reach !== undefined).toBe(isRequest);
                if (reach?.state === 'reached') expect(proves(reach.by, entry)).toBe(true);
                // What failed must not look as if an answer could still come by itself.
                if (reach?.state === 'unknown') expect(reach.since.seq).toBeGreaterThan(entry.seq);
            }
        }),
        { numRuns: 500 }
    );
});

test('each entry is in one row, and the rows keep the order of the entries', () => {
    fc.assert(
        fc.property(sequences, fc.boolean(), (facts, isUnfolded) => {
            const { wire, rows, rowsOf } = record(facts);
            const folds = rows().list.flatMap(({ fold }) => (fold ? [fold.id] : []));
            const { list } = isUnfolded ? rowsOf(wire.entries(), new Set(folds)) : rows();
            expect(list.flatMap(({ entries }) => entries)).toEqual(wire.entries());
            if (isUnfolded) expect(list.filter(({ kind }) => kind === 'fold')).toEqual([]);
        }),
        { numRuns: 500 }
    );
});

test('rows that grew with the record are those of the whole record', () => {
    fc.assert(
        fc.property(sequences, facts => {
            const grown = record(facts);
            const whole = createDiagram();
            for (const { session, fact } of facts) whole.wire.record(session, fact);
            const told = ({ list }: ReturnType<typeof whole.rows>) =>
                list.map(({ kind, entries, fold }) => [kind, entries.map(({ seq }) => seq), fold?.kind]);
            expect(told(grown.rows())).toEqual(told(whole.rows()));
        }),
        { numRuns: 300 }
    );
});

test('a stream has one band from its beginning to its end, and no event comes out of a closed one', () => {
    fc.assert(
        fc.property(sequences, facts => {
            const { wire, bands } = record(facts);
            for (const entry of wire.entries()) {
                if (entry.kind !== 'event' && entry.kind !== 'comment') continue;
                const band = bands.holding(entry);
                expect(band?.session).toBe(entry.session);
                expect(band?.post).toBe(entry.post);
                expect(
                    band && band.begin.seq <= entry.seq && (band.end?.seq ?? Number.POSITIVE_INFINITY) > entry.seq
                ).toBe(true);
            }
        }),
        { numRuns: 500 }
    );
});

test('streams and gaps next to each other have lanes of their own, except a stream that replaces its gap', () => {
    fc.assert(
        fc.property(sequences, facts => {
            const { list, width } = record(facts).rows();
            for (const { lines } of list) {
                const lanes = lines.bands.filter(({ part }) => part !== 'end').map(({ lane }) => lane);
                expect(new Set(lanes).size).toBe(lanes.length);
                for (const { span, lane } of lines.gaps) {
                    const others = lines.bands.filter(band => band.lane === lane && band.part !== 'end');
                    expect(others.every(({ span: band }) => band.session === span.begin.session)).toBe(true);
                }
                expect(Math.max(0, ...lanes)).toBeLessThan(Math.max(1, width));
            }
        }),
        { numRuns: 300 }
    );
});
