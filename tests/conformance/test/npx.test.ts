import { expect, test } from 'vitest';
import { parseNetworkError } from '../src/npx.ts';

test('npm without a network is distinguished from a command that fails', () => {
    const stderr = `npm error code ENOTFOUND
npm error syscall getaddrinfo
npm error errno ENOTFOUND
npm error network request to http://nowhere.invalid/node failed, reason: getaddrinfo ENOTFOUND nowhere.invalid
npm error network This is a problem related to network connectivity.
`;
    expect(parseNetworkError(stderr)).toBe('ENOTFOUND');
    expect(parseNetworkError('npm error code E404\nnpm error 404 Not Found')).toBeUndefined();
    expect(parseNetworkError('Server test error: connect ECONNREFUSED 127.0.0.1:9')).toBeUndefined();
});
