import { expect, test } from 'vitest';
import { parseEventId, toEventId } from '../../src/server/wire/event-id.ts';
import { isSessionId, parseSessionId } from '../../src/server/wire/session-id.ts';

const id = '6ba7b810-9dad-41d1-80b4-00c04fd430c8';

test('parseEventId reads what toEventId wrote, and nothing else', () => {
    expect(parseEventId(toEventId(id, 42))).toEqual({ sessionId: id, stream: undefined, position: 42 });
    expect(parseEventId(toEventId(`${id}:7`, 42))).toEqual({ sessionId: id, stream: 7, position: 42 });
    for (const other of [
        '',
        id,
        `${id}:`,
        `${id}:-1`,
        `${id}:1.5`,
        `${id}::1`,
        `${id}:1:2:3`,
        `${id}:1 `,
        ` ${id}:1`,
        `x${id}:1`,
        `${id}:${'9'.repeat(16)}`
    ]) {
        expect(parseEventId(other), other).toBeUndefined();
    }
});

test('a session id is read from a URL that has just one', () => {
    for (const url of [
        `/messages?sessionId=${id}`,
        `/m?a=1&sessionId=${id}`,
        `/m?sessionId=${id}&b`,
        `?sessionId=${id}`
    ]) {
        expect(parseSessionId(url), url).toBe(id);
    }
    for (const url of [
        '/messages',
        '/messages?',
        `/messages?sessionid=${id}`,
        `/messages?sessionId=${id}&sessionId=${id}`,
        `/messages?a=?sessionId=${id}`,
        `/messages?sessionId[]=${id}`
    ]) {
        expect(parseSessionId(url), url).toBeUndefined();
    }
    expect(parseSessionId(`/messages?sessionId=x&a=?sessionId=${id}`)).toBe('x');
});

test('a session id is a UUID', () => {
    for (const text of [id, id.toUpperCase()]) expect(isSessionId(text)).toBe(true);
    for (const text of ['', 'x', `${id}x`, id.replaceAll('-', ''), '__proto__']) expect(isSessionId(text)).toBe(false);
});
