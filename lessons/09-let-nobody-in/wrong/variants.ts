import type { Variant } from '../../variant.ts';

export const variants: Variant[] = [
    {
        name: 'compares-with-the-scheme',
        fails: 'key-opens',
        replace: 'isToken(bearer)',
        with: "isToken(req.get('Authorization'))"
    },
    {
        name: 'forgets-the-challenge',
        fails: 'token-required',
        replace: ".set('WWW-Authenticate', 'Bearer')",
        with: ''
    },
    { name: 'forbids-instead', fails: 'token-required', replace: 'res.status(401)', with: 'res.status(403)' },
    {
        name: 'only-looks-for-a-token',
        fails: 'wrong-token',
        replace: "isToken(bearer) ? 'token' : undefined",
        with: "'token'"
    },
    {
        name: 'compares-the-beginning',
        fails: 'wrong-token',
        replace: "isToken(bearer) ? 'token'",
        with: "bearer.startsWith(String(TOKEN)) ? 'token'"
    },
    {
        name: 'compares-bytes-of-different-lengths',
        fails: 'wrong-token',
        replace: "createHash('sha256').update(text).digest()",
        with: 'Buffer.from(text)'
    },
    {
        name: 'guards-only-the-stream',
        fails: 'post-without-token',
        replace: 'if (res.locals.credential === undefined) unauthorized(res);',
        with: "if (res.locals.credential === undefined && req.path === '/sse') unauthorized(res);"
    },
    {
        name: 'trusts-the-session-id',
        fails: 'post-without-token',
        replace: 'res.locals.credential = credentialOf(req);',
        with: "res.locals.credential = credentialOf(req) ?? (sessions.has(String(req.query.sessionId)) ? 'token' : undefined);"
    },
    {
        name: 'takes-every-host',
        fails: 'host-checked',
        replace: 'HOSTS.includes(req.hostname)',
        with: 'HOSTS.length > 0'
    },
    {
        name: 'host-begins-right',
        fails: 'host-checked',
        replace: 'HOSTS.includes(req.hostname)',
        with: 'HOSTS.some(host => req.hostname.startsWith(host))'
    },
    {
        name: 'checks-the-host-on-post-only',
        fails: 'host-checked',
        replace: 'if (HOSTS.includes(req.hostname)) next();',
        with: "if (req.method === 'GET' || HOSTS.includes(req.hostname)) next();"
    },
    {
        name: 'origin-begins-right',
        fails: 'origin-checked',
        replace: 'if (origin !== ALLOWED_ORIGIN)',
        with: 'if (!origin.startsWith(ALLOWED_ORIGIN))'
    },
    {
        name: 'only-leaves-the-header-out',
        fails: 'origin-checked',
        replace: "return res.status(403).send('Origin not allowed');",
        with: 'return next();'
    },
    {
        name: 'refuses-its-own-page',
        fails: 'cors-one-origin',
        replace: "const ALLOWED_ORIGIN = 'http://localhost:5173';",
        with: "const ALLOWED_ORIGIN = 'http://localhost:5173/';"
    },
    {
        name: 'preflight-needs-the-token',
        fails: 'cors-one-origin',
        replace: "if (req.method !== 'OPTIONS') return next();",
        with: 'if (req) return next();'
    },
    {
        name: 'token-before-origin',
        fails: 'cors-one-origin',
        replace: "app.use((req, res, next) => {\n    res.vary('Origin');",
        with: "app.use((req, res, next) => (credentialOf(req) || req.path === '/login' ? next() : unauthorized(res)));\napp.use((req, res, next) => {\n    res.vary('Origin');"
    },
    {
        name: 'allows-every-origin',
        fails: 'cors-one-origin',
        replace: "'Access-Control-Allow-Origin': origin",
        with: "'Access-Control-Allow-Origin': '*'"
    },
    {
        name: 'forgets-the-header-of-the-token',
        fails: 'cors-one-origin',
        replace: "'Authorization, Content-Type'",
        with: "'Content-Type'"
    },
    { name: 'script-reads-the-cookie', fails: 'cookie-opens', replace: 'httpOnly: true, ', with: '' },
    { name: 'cookie-for-every-site', fails: 'cookie-opens', replace: "'strict'", with: "'lax'" },
    {
        name: 'token-as-cookie',
        fails: 'cookie-opens',
        replace: 'const login = randomUUID();',
        with: 'const login = String(TOKEN);'
    },
    {
        name: 'stream-needs-the-header',
        fails: 'cookie-opens',
        replace: 'login !== undefined && logins.has(login) ? login : undefined',
        with: "login !== undefined && logins.has(login) && req.method === 'POST' ? login : undefined"
    },
    {
        name: 'cookie-before-the-question',
        fails: 'cookie-refused',
        replace: 'if (!isToken(req.body?.token)) return unauthorized(res);',
        with: ''
    },
    {
        name: 'any-cookie-will-do',
        fails: 'cookie-refused',
        replace: 'login !== undefined && logins.has(login) ? login',
        with: 'login !== undefined ? login'
    },
    {
        name: 'session-of-anyone',
        fails: 'session-bound',
        replace: 'if (session?.credential === res.locals.credential) await session?.',
        with: 'if (session) await session.'
    },
    {
        name: 'limit-too-low',
        fails: 'token-required',
        replace: 'limit: 200',
        with: 'limit: 7'
    },
    { name: 'no-limit', fails: 'rate-limited', replace: 'limit: 200', with: 'limit: 100_000' },
    {
        name: 'does-not-say-when',
        fails: 'rate-limited',
        replace: 'rateLimit({ windowMs: 10_000, limit: 200 })',
        with: 'rateLimit({ windowMs: 10_000, limit: 200, legacyHeaders: false })'
    }
];
