import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import express, { type Request, type Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { z } from 'zod';

const PORT = Number(process.env.PORT ?? 3001);
const { TOKEN } = process.env;
if (!TOKEN) throw new Error('Set the environment variable TOKEN to a secret of your choice.');

const HOSTS = ['localhost', '127.0.0.1'];
const ALLOWED_ORIGIN = 'http://localhost:5173';

/** What belongs to one client, and ends with its stream. */
interface Session {
    transport: SSEServerTransport;
    /** The credential that opened the session, and that each of its POSTs must have. */
    credential: string;
}

const sessions = new Map<string, Session>();
/** The values of the cookies that this server has given. */
const logins = new Set<string>();

function createServer() {
    const server = new McpServer({ name: 'calculator', version: '1.0.0' });
    server.registerTool(
        'add',
        { description: 'Add two numbers.', inputSchema: { a: z.number(), b: z.number() } },
        ({ a, b }) => ({ content: [{ type: 'text', text: String(a + b) }] })
    );
    return server;
}

// Both digests have the same length, and the time of the comparison says nothing about the token.
const digest = (text: string) => createHash('sha256').update(text).digest();
const isToken = (text: unknown) => timingSafeEqual(digest(String(text)), digest(String(TOKEN)));

/** The credential of a request; undefined if it has none, or a wrong one. */
function credentialOf(req: Request): string | undefined {
    const [, bearer] = /^Bearer (.+)$/i.exec(req.get('Authorization') ?? '') ?? [];
    if (bearer !== undefined) return isToken(bearer) ? 'token' : undefined;
    const [, login] = /(?:^|; )login=([^;]+)/.exec(req.get('Cookie') ?? '') ?? [];
    return login !== undefined && logins.has(login) ? login : undefined;
}

const unauthorized = (res: Response) => res.status(401).set('WWW-Authenticate', 'Bearer').send('Token required');

const app = express();

// The host that the client wanted: a page that rebinds its own name to 127.0.0.1 still sends that name.
app.use((req, res, next) => {
    if (HOSTS.includes(req.hostname)) next();
    else res.status(403).send('Host not allowed');
});

// The page that sent the request, if a browser sent it.
app.use((req, res, next) => {
    res.vary('Origin');
    const origin = req.get('Origin');
    if (origin === undefined) return next();
    if (origin !== ALLOWED_ORIGIN) return res.status(403).send('Origin not allowed');
    res.set({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': 'true' });
    if (req.method !== 'OPTIONS') return next();
    res.set('Access-Control-Allow-Headers', 'Authorization, Content-Type').sendStatus(204);
});

app.use(rateLimit({ windowMs: 10_000, limit: 200 }));

app.post('/login', express.json(), (req, res) => {
    if (!isToken(req.body?.token)) return unauthorized(res);
    const login = randomUUID();
    logins.add(login);
    res.cookie('login', login, { httpOnly: true, sameSite: 'strict' }).sendStatus(204);
});

app.use((req, res, next) => {
    res.locals.credential = credentialOf(req);
    if (res.locals.credential === undefined) unauthorized(res);
    else next();
});

app.get('/sse', async (_req, res) => {
    const transport = new SSEServerTransport('/messages', res);
    sessions.set(transport.sessionId, { transport, credential: res.locals.credential });
    res.on('close', () => sessions.delete(transport.sessionId));
    await createServer().connect(transport);
});

app.post('/messages', async (req, res) => {
    const session = sessions.get(String(req.query.sessionId));
    if (session?.credential === res.locals.credential) await session?.transport.handlePostMessage(req, res);
    else res.status(404).send('Session not found');
});

app.listen(PORT, '127.0.0.1', error => {
    if (error) throw error;
    console.log(`Open http://localhost:${PORT}/sse`);
});
