import { expect, test } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';

const REDIS = 'REDIS_URL must be redis[s]://[[USER]:PASSWORD@]HOST[:PORT][/DATABASE]';
const ESCAPE = 'the characters / ? # @ of a password must be escaped: %2F %3F %23 %40';

test.each([
    'redis://localhost',
    'redis://:secret@redis.example:6380/15',
    'rediss://calc:p%40ss@[::1]:6380',
    'redis://127.0.0.1/'
])('REDIS_URL may be %s', url => {
    expect(parseConfig({ REDIS_URL: url }).redisUrl).toBe(url);
});

test.each([
    ['https://me:secret-1@redis.example', 'it must begin with redis://, or with rediss:// for TLS'],
    ['redis://', ESCAPE],
    ['redis://:secret-1@127.0.0.1:99999/0', 'a port is at most 65535'],
    ['redis://:secret-1#@redis.example:6379', ESCAPE],
    ['redis://:secret-1/+@redis.example', ESCAPE],
    ['redis://:secret-1?@redis.example', ESCAPE],
    ['redis://:secret-1@redis.example/calc', 'after the host only the number of a database may follow'],
    ['redis://redis.example?password=secret-1', 'neither a query nor a fragment may follow'],
    ['redis://:secret-1%@redis.example', 'a % of a password must be escaped: %25'],
    ['redis://:secret-1%ff@redis.example', 'a % of a password must be escaped: %25']
])('REDIS_URL=%s is rejected with the reason, without the password', (url, reason) => {
    expect(() => parseConfig({ REDIS_URL: url })).toThrow(
        expect.objectContaining({ code: 'bad-variable', message: `${REDIS} (${reason})` })
    );
});

test('REDIS_URL with TEACHING_FAULTS is rejected', () => {
    const message = 'TEACHING_FAULTS=true requires one process, which has all sessions; remove REDIS_URL';
    expect(() => parseConfig({ REDIS_URL: 'redis://:secret-1@localhost', TEACHING_FAULTS: 'true' })).toThrow(
        expect.objectContaining({ code: 'bad-variable', message })
    );
});
