import { type Behaviour, serveHostile, type Way } from '@calc/test-helpers';
import { expect, test } from 'vitest';
import { runAgainst } from '../../helpers/run-against.ts';

/** A server that is wrong in one way: what the client prints, how it exits, and how often it asks. */
export interface Row {
    server: string;
    behaviour: Behaviour;
    ways?: Way[];
    argv?: string[];
    code: number;
    /** What is printed: on stdout where the exit code is 0, else on stderr. */
    prints: RegExp;
    /** How many requests of a kind there are at most. */
    atMost?: Record<string, number>;
}

export function testRows(rows: readonly Row[]): void {
    const table = rows.flatMap(row => (row.ways ?? (['http', 'sse'] as const)).map(way => ({ ...row, way })));
    test.each(table)('over $way, a server that $server', async row => {
        await using server = await serveHostile(row.way, row.behaviour);
        const { code, stdout, stderr } = await runAgainst(server, row.argv ?? ['call', 'once']);
        expect([code, code === 0 ? stdout : stderr]).toEqual([row.code, expect.stringMatching(row.prints)]);
        expect(stderr.split('\n').length).toBeLessThanOrEqual(code === 0 ? 1 : 2);
        for (const [request, most] of Object.entries(row.atMost ?? {})) {
            expect([request, server.count(request)]).toEqual([request, expect.toSatisfy(count => count <= most)]);
        }
    });
}
