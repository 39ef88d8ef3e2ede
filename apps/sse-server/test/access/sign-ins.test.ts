import { expect, test } from 'vitest';
import { createSignIns } from '../../src/access/sign-ins.ts';

test('one sign-in over the limit ends the oldest with the same token, and none with another token', () => {
    const signIns = createSignIns(() => new Date(0));
    const signIn = (clientId: string) => signIns.add({ token: clientId, clientId, scopes: [] }).secret;
    const other = signIn('other');
    const [oldest, second] = [signIn('busy'), signIn('busy')];
    const signedOut = signIn('busy');
    signIns.remove(signedOut);
    for (let count = 3; count <= 10_000; count++) signIn('busy');
    expect(signIns.find(oldest)).toMatchObject({ clientId: 'busy' });
    signIn('busy');
    const found = [oldest, second, signedOut, other].map(secret => signIns.find(secret)?.clientId);
    expect(found).toEqual([undefined, 'busy', undefined, 'other']);
});
