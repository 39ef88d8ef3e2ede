import { describe, expect, test } from 'vitest';
import { formatMessage } from '../../../src/i18n/i18n.ts';
import * as say from '../../../src/i18n/texts.ts';
import { createAdvice } from '../../../src/mcp/transport/advice.ts';

const of = (stream: string, page: string) => createAdvice(new URL(stream), page);

describe('the advice for the page’s own server', () => {
    const advice = of('http://calc.test/a/sse', 'http://calc.test');
    test('does not mention origins', () => {
        expect(formatMessage('en', advice.noStream(''))).toMatch('no event stream at /a/sse; check');
        expect(formatMessage('en', advice.noStream('403 Forbidden'))).toMatch(
            'no event stream at /a/sse (403 Forbidden)'
        );
        expect(formatMessage('en', advice.unauthenticated())).toMatch('sign in');
        for (const text of [advice.noStream(''), advice.unreachable()]) {
            expect(formatMessage('en', text)).not.toMatch('CORS');
        }
    });
});

describe('the advice for another server', () => {
    const advice = of('http://other.test/sse', 'http://calc.test');
    test('names the origin to allow', () => {
        for (const text of [advice.noStream(''), advice.unreachable()]) {
            expect(formatMessage('en', text)).toMatch(/http:\/\/calc\.test .*CORS/);
        }
    });
    test('does not mention origins if the page can read the answer', () => {
        expect(formatMessage('en', advice.noStream('404 Not Found'))).toBe(
            'no event stream at /sse (404 Not Found); check the address, that the server is running, and that it allows this client'
        );
    });
    test('does not ask to sign in', () => {
        for (const text of [advice.unauthenticated(), advice.noStream('401 Unauthorized')]) {
            expect(formatMessage('en', text)).toMatch('sends none to other servers');
        }
    });
});

test.each([
    ['http://other.test/sse', true],
    ['http://localhost.other.test/sse', true],
    ['https://other.test/sse', false],
    ['http://localhost:3001/sse', false],
    ['http://127.0.0.1:3001/sse', false],
    ['http://[::1]:3001/sse', false]
])('from an https page, whether the browser blocks %s: %s', (stream, isMixed) => {
    const advice = of(stream, 'https://calc.test');
    expect(advice.noStream('').text === say.error.mixed).toBe(isMixed);
    expect(advice.unreachable().text === say.error.mixed).toBe(isMixed);
    expect(of(stream, 'http://calc.test').noStream('').text).toBe(say.error.unreachableElsewhere);
});
