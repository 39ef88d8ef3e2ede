import { expect, test } from 'vitest';
import { sessionIdOf } from '../../../src/mcp/transport/session-id.ts';

test.each([
    ['/messages?sessionId=one', 'one'],
    ['/messages/?session_id=two', 'two'],
    ['/messages/three', '']
])('the endpoint %s has the session id %j', (endpoint, id) => {
    expect(sessionIdOf(new URL(endpoint, 'http://calc.test'))).toBe(id);
});
