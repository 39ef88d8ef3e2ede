import { expect, test } from 'vitest';
import { createSignIns } from '../../src/access/sign-ins.ts';

test('one sign-in over the limit ends the oldest with the same token, and none with another token', async () => {
    const signIns = createSignIns(() => new Date(0));
    const signIn = (clientId: string) => signIns.add({ token: clientId, clientId, scopes: [] });
    const other = await signIn('other');
    const [oldest, second] = [await signIn('busy'), await signIn('busy')];
    const signedOut = await signIn('busy');
    await signIns.remove(signedOut);
    for (let count = 3; count <= 10_000; count++) await signIn('busy');
    expect(await signIns.find(oldest)).toMatchObject({ clientId: 'busy' });
    await signIn('busy');
    const found = await Promise.all([oldest, second, signedOut, other].map(secret => signIns.find(secret)));
    expect(found.map(auth => auth?.clientId)).toEqual([undefined, 'busy', undefined, 'other']);
});
