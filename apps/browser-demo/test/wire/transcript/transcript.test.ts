import { expect, test } from 'vitest';
import { formatMessage } from '../../../src/i18n/i18n.ts';
import { startReplay } from '../../../src/wire/transcript/replay.ts';
import { parseTranscript, TranscriptError, toTranscript } from '../../../src/wire/transcript/transcript.ts';
import { createRecord } from '../record.ts';

const ID = '0b7f3b52-5c3d-4c7e-9f1a-2d6f3c1e8a90';

function recordSomething() {
    const record = createRecord();
    record.wire.record('a', { kind: 'connecting', url: 'http://calc.test/sse', reader: 'raw' });
    record.pass(10);
    record.wire.record('a', { kind: 'opened', lastEventId: '' });
    record.wire.record('a', { kind: 'retry', ms: 2000, raw: 'retry: 2000\n\n' });
    record.endpoint(`/messages?sessionId=${ID}`);
    record.pass(100);
    record.post({ id: 1, method: 'ping' });
    record.answer();
    record.wire.record('a', { kind: 'event', event: 'message', id: `${ID}:1`, data: '{}', raw: 'data: {}\n\n' });
    record.wire.record('a', { kind: 'comment', text: 'keepalive', raw: ': keepalive\n\n' });
    record.wire.record('a', { kind: 'dropped', detail: 'the connection ended' });
    record.wire.record('a', { kind: 'resumed' });
    record.pass(1000);
    record.wire.record('a', { kind: 'closed', reason: 'asked' });
    return record;
}

test('a transcript can be parsed back into the recorded facts', () => {
    const { wire } = recordSomething();
    const copy = createRecord().wire;
    const { facts } = parseTranscript(toTranscript(wire.entries(), { keepSessionIds: true }));
    for (const { session, at, ...fact } of facts) copy.record(session, fact, at);
    expect(copy.entries()).toEqual(wire.entries());
});

test('session ids are blanked unless keepSessionIds is set', () => {
    const text = toTranscript(recordSomething().wire.entries());
    expect(text).not.toContain(ID);
    expect(text.match(/0b7f3b52-0000-0000-0000-000000000000/g)).toHaveLength(2);
    expect(parseTranscript(text).facts).toHaveLength(11);
});

test('the session id of Streamable HTTP is blanked in headers too, also if the entry that named it was evicted', () => {
    const { wire } = createRecord();
    const headers = { 'mcp-session-id': ID };
    wire.record('a', { kind: 'post', number: 1, url: 'http://calc.test/mcp', body: '{}', headers });
    wire.record('a', { kind: 'opened', lastEventId: `${ID}:0:1` });
    const text = toTranscript(wire.entries());
    expect(text).not.toContain(ID);
    expect(text.match(/0b7f3b52-0000-0000-0000-000000000000/g)).toHaveLength(2);
    expect(toTranscript(wire.entries().slice(1), { sessionIds: [ID, ''] })).not.toContain(ID);
});

test('ids are blanked in every encoding, but words of the format are not', () => {
    const record = createRecord();
    record.endpoint('/messages?id=abcdefgh%2Bsecret%3D&transport=mcp-wire-transcript&on=lastEventId&by=connecting');
    record.wire.record('a', { kind: 'opened', lastEventId: 'abcdefgh+secret=:1' });
    const text = toTranscript(record.wire.entries());
    expect(text).not.toContain('secret');
    expect(parseTranscript(text).facts.at(-1)).toMatchObject({ kind: 'opened', lastEventId: 'abcdefgh00000000:1' });
});

test('a key in the address of a stream is blanked like an id', () => {
    const { wire } = createRecord();
    wire.record('a', { kind: 'connecting', url: 'http://calc.test/sse?api_key=12345678secret', reader: 'raw' });
    expect(toTranscript(wire.entries())).toContain('?api_key=12345678000000"');
});

const post = { kind: 'post', session: 'a', at: 1, number: 1, url: '/', body: '{}' };
test.each([
    ['{', 'the file is not JSON'],
    ['[]', 'format must be "mcp-wire-transcript", got nothing'],
    [{ version: 2 }, 'version must be 1, got 2'],
    [{ facts: {} }, 'facts must be an array, got {}'],
    [{ facts: [post, 7] }, 'facts[1] must be an object, got 7'],
    [{ facts: [{ ...post, kind: 'toString' }] }, /^facts\[0\]\.kind must be one of connecting, .*, got "toString"$/],
    [{ facts: [{ ...post, body: 7 }] }, 'facts[0].body must be a string, got 7'],
    [{ facts: [{ ...post, number: -1 }] }, 'facts[0].number must be a whole number, 0 or more, got -1'],
    [{ facts: [{ ...post, at: '1' }] }, 'facts[0].at must be a time in milliseconds since 1970, got "1"'],
    [{ facts: [{ ...post, at: 1e16 }] }, /^facts\[0\]\.at must be a time/],
    [{ facts: [{ ...post, session: undefined }] }, 'facts[0].session must be a string, got nothing'],
    [{ facts: [post, { ...post, at: 0 }] }, 'facts[1].at must not be earlier than the time of the previous fact']
])('an invalid file is rejected with the place: %j', (file, message) => {
    const whole = { format: 'mcp-wire-transcript', version: 1, facts: [] };
    const text = typeof file === 'string' ? file : JSON.stringify({ ...whole, ...file });
    expect(() => parseTranscript(text)).toThrow(TranscriptError);
    expect(() => parseTranscript(text)).toThrow(message);
});

test('the error is shown in the language of the page', () => {
    const text = JSON.stringify({ format: 'mcp-wire-transcript', version: 1, facts: [{ ...post, body: 7 }] });
    let refusal: unknown;
    try {
        parseTranscript(text);
    } catch (error) {
        refusal = error;
    }
    expect(refusal instanceof TranscriptError && formatMessage('fr', refusal.text)).toBe(
        'facts[0].body doit être une chaîne, et non 7'
    );
});

test('session ids are blanked even if their endpoint event was evicted', () => {
    const record = createRecord();
    const endpoint = `/messages?sessionId=${ID}`;
    record.wire.record('a', { kind: 'post', number: 1, url: `http://calc.test${endpoint}`, body: '{}' });
    expect(toTranscript(record.wire.entries())).not.toContain(ID);
    record.wire.clear();
    record.wire.record('a', { kind: 'event', event: 'message', id: `${ID}:1`, data: '{}' });
    expect(toTranscript(record.wire.entries(), { endpoints: [endpoint] })).not.toContain(ID);
});

test('unknown members are left out', () => {
    const text = JSON.stringify({ format: 'mcp-wire-transcript', version: 1, facts: [{ ...post, evil: 1, raw: 'x' }] });
    expect(parseTranscript(text).facts).toEqual([post]);
});

/** A clock that the test advances. Timers fire in order. */
function windableClock() {
    let time = 0;
    let timers: { at: number; callback: () => void }[] = [];
    return {
        now: () => time,
        schedule(callback: () => void, ms: number) {
            const timer = { at: time + ms, callback };
            timers.push(timer);
            return () => {
                timers = timers.filter(other => other !== timer);
            };
        },
        wind(ms: number) {
            const until = time + ms;
            for (;;) {
                const due = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
                if (!due) break;
                timers = timers.filter(timer => timer !== due);
                time = due.at;
                due.callback();
            }
            time = until;
        },
        timers: () => timers.length
    };
}

function replaySomething(speed?: number) {
    const clock = windableClock();
    const played: string[] = [];
    const transcript = parseTranscript(toTranscript(recordSomething().wire.entries()));
    const replay = startReplay(transcript, {
        clock,
        play: ({ kind }) => played.push(kind),
        ended: () => played.push('end'),
        ...(speed !== undefined && { speed })
    });
    return { clock, played, replay };
}

test('a replay keeps the original pauses', () => {
    const { clock, played, replay } = replaySomething();
    expect(played).toEqual(['connecting']);
    clock.wind(9);
    expect(played).toHaveLength(1);
    clock.wind(1);
    expect(played.slice(1)).toEqual(['opened', 'retry', 'event']);
    clock.wind(100);
    expect(replay.now()).toBe(1110);
    expect(played).toHaveLength(10);
    clock.wind(999);
    expect(played).toHaveLength(10);
    clock.wind(1);
    expect(played.slice(10)).toEqual(['closed', 'end']);
    expect(clock.timers()).toBe(0);
});

test('a replay can run faster, pause, continue and stop', () => {
    const { clock, played, replay } = replaySomething(10);
    clock.wind(11);
    expect(played).toHaveLength(10);
    replay.setSpeed(0);
    clock.wind(100_000);
    expect([played.length, replay.now()]).toEqual([10, 1110]);
    replay.setSpeed(1000);
    clock.wind(0.5);
    replay.stop();
    clock.wind(100_000);
    expect([played.length, clock.timers()]).toEqual([10, 0]);
});

test('a replay at once plays everything before it returns', () => {
    const { clock, played } = replaySomething(Number.POSITIVE_INFINITY);
    expect([played.length, played.at(-1), clock.timers()]).toEqual([12, 'end', 0]);
});
