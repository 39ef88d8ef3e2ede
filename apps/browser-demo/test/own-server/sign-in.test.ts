import { expect, test } from 'vitest';
import { createSignIn } from '../../src/own-server/sign-in.ts';

const TOKEN = 'open-sesame';

/** Signs in at a server that gives one answer to every request, and records the requests. */
function signInAt(answer: () => Response, url = 'http://calculator.test/') {
    const asked: Request[] = [];
    const signIn = createSignIn({
        url,
        fetch: async (input, init) => {
            asked.push(new Request(input, init));
            return answer();
        }
    });
    return { signIn, asked };
}

const noContent = () => new Response(null, { status: 204 });
const refusal = (status: number, headers = {}) => {
    return Response.json({ jsonrpc: '2.0', error: { code: -32000, message: 'No' }, id: null }, { status, headers });
};

test.each([
    { tokenWanted: false, signedIn: true },
    { tokenWanted: true, signedIn: false },
    { tokenWanted: true, signedIn: true }
])('check reads whether a token is required and whether the browser is signed in: %o', async access => {
    const { signIn, asked } = signInAt(() => Response.json(access));
    await expect(signIn.check()).resolves.toEqual({ ...access, faults: false });
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET http://calculator.test/login']);
});

test('signIn sends the token once, in the body of a POST, and never in an address', async () => {
    const { signIn, asked } = signInAt(noContent);
    await signIn.signIn(TOKEN);
    const [post, ...more] = asked;
    expect(more).toEqual([]);
    expect([post?.method, post?.url]).toEqual(['POST', 'http://calculator.test/login']);
    expect(post?.headers.get('content-type')).toBe('application/json');
    expect(await post?.json()).toEqual({ token: TOKEN });
    await signIn.signOut();
    expect([asked[1]?.method, asked[1]?.url, await asked[1]?.text()]).toEqual([
        'POST',
        'http://calculator.test/logout',
        ''
    ]);
});

test('under a path prefix, all routes are below it', async () => {
    const access = { tokenWanted: true, signedIn: false };
    const { signIn, asked } = signInAt(() => Response.json(access), 'https://calculator.test/calc/?a=b#c');
    await Promise.all([signIn.check(), signIn.signIn(TOKEN), signIn.signOut()]);
    expect(asked.map(({ url }) => url)).toEqual([
        'https://calculator.test/calc/login',
        'https://calculator.test/calc/login',
        'https://calculator.test/calc/logout'
    ]);
});

test.each([
    ['wrong-token', 'the token is not valid', () => refusal(401)],
    ['too-many-tries', 'too many attempts; try again in 7 s', () => refusal(429, { 'retry-after': '7' })],
    ['too-many-tries', 'too many attempts; try again later', () => refusal(429)],
    ['refused', 'the server answered 403: No', () => refusal(403)],
    ['refused', 'the server answered 502', () => new Response('<html>Bad gateway', { status: 502 })]
])('a rejected token gives %s: %s', async (code, message, answer) => {
    await expect(signInAt(answer).signIn.signIn(TOKEN)).rejects.toMatchObject({ code, message });
});

test('the answer of another kind of server does not count as signed in', async () => {
    const page = () => new Response('<html>Welcome', { status: 200 });
    await expect(signInAt(page).signIn.check()).rejects.toMatchObject({ code: 'refused' });
    await expect(signInAt(() => refusal(500)).signIn.check()).rejects.toMatchObject({ code: 'refused' });
    await expect(signInAt(() => refusal(500)).signIn.signOut()).rejects.toMatchObject({ code: 'refused' });
    await expect(signInAt(() => Response.json({})).signIn.check()).rejects.toMatchObject({ code: 'refused' });
});

test('a server without the route /login requires no sign-in', async () => {
    const access = { tokenWanted: false, signedIn: true, faults: false };
    expect(await signInAt(() => refusal(404)).signIn.check()).toEqual(access);
});

test('an unreachable server and a rejecting server give different errors', async () => {
    const { signIn } = signInAt(() => {
        throw new TypeError('fetch failed');
    });
    for (const attempt of [signIn.check(), signIn.signIn(TOKEN), signIn.signOut()]) {
        await expect(attempt).rejects.toMatchObject({ code: 'unreachable', cause: expect.any(TypeError) });
    }
});

test('check reads whether the server injects faults', async () => {
    const { signIn } = signInAt(() => Response.json({ tokenWanted: false, signedIn: true, faults: true }));
    await expect(signIn.check()).resolves.toMatchObject({ faults: true });
});
