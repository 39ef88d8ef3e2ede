import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { toCurl } from '../../src/wire/to-curl.ts';
import { createRecord } from './record.ts';

/** The arguments that a real shell parses from a command. */
function wordsOf(command = ''): string[] {
    const script = `set -- ${command}; for word in "$@"; do printf '%s\\0' "$word"; done`;
    return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

test('a POST becomes a command that sends the same request', () => {
    const { post } = createRecord();
    const entry = post({ id: 1, method: 'tools/call', params: { message: 'it\'s $HOME `ls` \\ "x" \n %s é !' } });
    expect(wordsOf(toCurl(entry))).toEqual([
        'curl',
        '-H',
        'Content-Type: application/json',
        '--data-raw',
        entry.kind === 'post' ? entry.body : '',
        'http://calc.test/messages'
    ]);
});

test('the command has the Authorization header of a probe', () => {
    const { wire } = createRecord();
    const fact = { kind: 'post', number: 1, url: '/', body: '{}', authorization: 'Bearer wrong' } as const;
    expect(wordsOf(toCurl(wire.record('a', fact)))).toContain('Authorization: Bearer wrong');
});

test('the command has the Idempotency-Key header of a retry', () => {
    const { wire } = createRecord();
    const fact = { kind: 'post', number: 1, url: '/', body: '{}', idempotencyKey: '"7"' } as const;
    expect(wordsOf(toCurl(wire.record('a', fact)))).toContain('Idempotency-Key: "7"');
});

test('a stream becomes a command that prints it as it arrives', () => {
    const { wire } = createRecord();
    const entry = wire.record('a', { kind: 'connecting', url: 'http://calc.test/sse?a=b&c=d', reader: 'native' });
    const accept = 'Accept: text/event-stream';
    expect(wordsOf(toCurl(entry))).toEqual(['curl', '-N', '-H', accept, 'http://calc.test/sse?a=b&c=d']);
});

test('a stream that resumes becomes a command with its Last-Event-ID', () => {
    const { wire } = createRecord();
    const entry = wire.record('a', { kind: 'reconnecting', url: 'http://calc.test/sse', lastEventId: 's:7' });
    expect(wordsOf(toCurl(entry))).toContain('Last-Event-ID: s:7');
});

test('entries that are not requests have no command', () => {
    const { event } = createRecord();
    expect(toCurl(event({ id: 1, result: {} }))).toBeUndefined();
});

test('a command for Streamable HTTP names the session, and can end it', () => {
    const { wire } = createRecord();
    const url = 'http://calc.test/mcp';
    const headers = { 'mcp-session-id': 'one' };
    const accept = 'application/json, text/event-stream';
    const post = wire.record('a', { kind: 'post', number: 1, url, body: '{}', headers: { accept, ...headers } });
    expect(toCurl(post)).toBe(`curl -H 'Accept: ${accept}' -H 'Mcp-Session-Id: one' --data-raw '{}' ${url}`);
    const end = wire.record('a', { kind: 'post', number: 2, url, body: '', method: 'DELETE', headers });
    expect(toCurl(end)).toBe(`curl -X DELETE -H 'Mcp-Session-Id: one' ${url}`);
});
