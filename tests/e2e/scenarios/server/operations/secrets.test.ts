import { type HttpAnswer, openStream, runNode, type SendOptions, send, serverMain } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';
import { bearer, JSON_TYPE } from '../../../helpers/credentials.ts';

const FIRST = 'first-secret-token';
const SECOND = 'second-secret-token';
/** What a stranger tries may be nearly right, or right somewhere else. */
const GUESS = 'guessed-secret-token';

proves(
    ['access.secrets', 'metrics.text', 'env.log'],
    'tokens, cookies and whole session ids are in no log, metric or error',
    async () => {
        await using server = runNode(serverMain, [], {
            PORT: '0',
            MCP_AUTH_TOKEN: `${FIRST},${SECOND}`,
            TRUST_PROXY: '1',
            MAX_MESSAGE_BYTES: '1024',
            MAX_IN_FLIGHT: '1',
            MAX_SESSIONS: '3',
            // No server listens there.
            JOKE_API_URL: 'http://127.0.0.1:1/',
            LOG_LEVEL: 'trace'
        });
        const [, url = ''] = await server.printed(/^HTTP\+SSE +(http:\S+)\/sse$/m);
        const first = bearer(FIRST);
        const answers: HttpAnswer[] = [];
        const attempt = async (path: string, options: SendOptions = {}) => {
            const answer = await send(url + path, { headers: first, ...options });
            answers.push(answer);
            return answer;
        };

        // Signing in and out, rightly and wrongly.
        const signIn = (body: string) => attempt('/login', { method: 'POST', headers: JSON_TYPE, body });
        const { headers } = await signIn(JSON.stringify({ token: SECOND }));
        const [cookie = ''] = String(headers['set-cookie']).split(';');
        const secretOfCookie = cookie.slice(cookie.indexOf('=') + 1);
        for (const body of [`{"token":"${GUESS}"}`, `{"token":"${FIRST}`, `{"${FIRST}":1}`]) await signIn(body);

        // Sessions that work, fail, break off and come back.
        const byToken = await openStream(`${url}/sse`, first);
        const byCookie = await openStream(`${url}/sse`, { Cookie: cookie });
        const post = async (message: object | string, credential = first) => {
            const { pathname, search } = byToken.endpoint;
            const body = typeof message === 'string' ? message : JSON.stringify(message);
            return attempt(pathname + search, { method: 'POST', headers: { ...JSON_TYPE, ...credential }, body });
        };
        let id = 0;
        const call = async (name: string, args: object) => {
            id++;
            await post({ jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: args } });
            const isReply = `"id":${id}`;
            await byToken.find(frame => frame.kind === 'event' && frame.data.includes(isReply));
        };
        await call('add', { a: 2, b: 3 });
        await call('add', { [FIRST]: byToken.sessionId });
        await call('echo', { message: FIRST });
        await call(FIRST, {});
        await call('server_time', { timezone: SECOND });
        await call('random-joke', {});
        const named = [byToken.sessionId, FIRST].map(id =>
            post({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'add', arguments: { a: 2, b: 3 } } })
        );
        await Promise.all(named);
        await post({ jsonrpc: '2.0', id: 'x', method: `${FIRST}/${byToken.sessionId}` });
        for (const body of [`{"${FIRST}`, `["${SECOND}"]`, `{"jsonrpc":"${FIRST}"}`, FIRST.repeat(100)])
            await post(body);
        await post({ jsonrpc: '2.0', id: 'y', method: 'ping' }, bearer(SECOND));
        await post({ jsonrpc: '2.0', id: 'z', method: 'ping' }, bearer(GUESS));
        const last = { 'Last-Event-ID': byToken.lastEventId };
        const stranger = await openStream(`${url}/sse`, { Cookie: cookie, ...last });
        await attempt('/sse');
        byToken.cut();
        const resumed = await byToken.resume();

        // Secrets where they do not belong.
        for (const secret of [FIRST, GUESS, secretOfCookie, byToken.sessionId]) {
            await attempt(`/sse?token=${secret}`, { headers: {} });
            await attempt(`/messages?sessionId=${secret}`, {
                method: 'POST',
                headers: { ...JSON_TYPE, ...bearer(secret) }
            });
            await attempt(`/${secret}`);
            await attempt(`/${secret}%E0%A4%A`);
            await attempt(`/metrics/${secret}`, { method: 'DELETE' });
            for (const name of ['Host', 'Origin', 'Cookie', 'Authorization', 'X-Forwarded-For', 'Content-Type']) {
                await attempt('/metrics', { headers: { [name]: secret } });
            }
        }
        await attempt('/logout', { method: 'POST', headers: { Cookie: cookie } });
        const metrics = await attempt('/metrics');
        for (const stream of [byCookie, stranger, resumed]) stream.cut();
        server.kill('SIGTERM');
        const { code, stdout, stderr } = await server.ended;
        expect(code).toBe(0);

        expect(answers.map(({ status }) => status)).not.toContain(500);

        const ids = [byToken, byCookie, stranger].map(({ sessionId }) => sessionId);
        const texts = { stdout, stderr, answers: answers.map(({ body }) => body).join('\n') };
        for (const secret of [FIRST, SECOND, GUESS, secretOfCookie, ...ids]) {
            expect(secret.length).toBeGreaterThan(15);
            for (const [where, text] of Object.entries(texts)) expect(text, where).not.toContain(secret);
        }
        // And yet something was said of all that.
        const lines = stderr
            .trim()
            .split('\n')
            .map(line => JSON.parse(line));
        const messages = new Set(lines.map(({ msg }) => msg));
        for (const msg of [
            'session opened',
            'session resumed',
            'session closed',
            'stream dropped',
            'request refused',
            'request refused',
            'tool called',
            expect.stringMatching('told a built-in joke instead')
        ]) {
            expect([...messages]).toContainEqual(msg);
        }
        expect(metrics.body).toMatch(/^mcp_requests_rejected_total\{reason="wrong-token"\} 1$/m);
    }
);
