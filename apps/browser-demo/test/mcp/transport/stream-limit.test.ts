import { expect, test } from 'vitest';
import { streamLimit } from '../../../src/mcp/transport/stream-limit.ts';

const ANY = Number.POSITIVE_INFINITY;

test.each([
    ['http://calc.test/sse', 'http://calc.test', 'http/1.1', 5],
    ['https://calc.test/sse', 'https://calc.test', 'http/1.1', 5],
    ['https://calc.test/sse', 'https://calc.test', 'h2', ANY],
    ['https://calc.test/sse', 'https://calc.test', 'h3', ANY],
    ['http://other.test/sse', 'https://calc.test', 'h2', 5],
    ['https://other.test/sse', 'http://calc.test', 'http/1.1', ANY]
])('for %s, a page from %s over %s may hold %d streams', (url, origin, protocol, limit) => {
    expect(streamLimit(new URL(url), { origin, protocol })).toBe(limit);
});
