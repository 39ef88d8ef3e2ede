import type { Variant } from '../../variant.ts';

export const variants: Variant[] = [
    {
        name: 'sse-switched-off',
        fails: 'sse-still-served',
        replace: 'addSseRoutes(app, createServer);',
        with: 'void addSseRoutes;'
    },
    {
        name: 'session-not-kept',
        file: 'mcp.ts',
        fails: 'mcp-opens-session',
        replace: 'onsessioninitialized: id => void sessions.set(id, transport),',
        with: ''
    },
    {
        name: 'one-server-for-all-sessions',
        file: 'mcp.ts',
        fails: 'mcp-opens-session',
        replace: '    const handleStateless = toNodeHandler(',
        with: '    const shared = createServer();\n    createServer = () => shared;\n    const handleStateless = toNodeHandler('
    },
    {
        name: 'no-sessions',
        file: 'mcp.ts',
        fails: 'mcp-opens-session',
        replace: "createMcpHandler(createServer, { legacy: 'reject' }));",
        with: "createMcpHandler(createServer));\n    app.all('/mcp', express.json(), (req, res) => void handleStateless(req, res, req.body));"
    },
    {
        name: 'unknown-session-400',
        file: 'mcp.ts',
        fails: 'unknown-session-404',
        replace: 'res.status(404)',
        with: 'res.status(400)'
    },
    {
        name: 'sessions-only',
        file: 'mcp.ts',
        fails: 'mcp-without-session',
        replace: 'if (await isLegacyRequest(await toWebRequest(req, req.body)))',
        with: 'if (req.body || (await isLegacyRequest(await toWebRequest(req, req.body))))'
    },
    {
        name: 'new-tool-on-the-new-transport-only',
        fails: 'same-tools',
        replace: 'addMcpRoute(app, createServer);',
        with: "addMcpRoute(app, () => {\n    const server = createServer();\n    server.registerTool('subtract', {}, () => ({ content: [] }));\n    return server;\n});"
    },
    {
        name: 'other-schema-on-the-old-transport',
        fails: 'same-tools',
        replace: 'addSseRoutes(app, createServer);',
        with: "addSseRoutes(app, () => {\n    const server = new McpServer({ name: 'calculator', version: '1.0.0' });\n    const inputSchema = z.object({ a: z.int(), b: z.int() });\n    server.registerTool('add', { inputSchema }, ({ a, b }) => ({ content: [{ type: 'text', text: String(a + b) }] }));\n    return server;\n});"
    },
    {
        name: 'post-sse-opens-a-stream',
        file: 'sse.ts',
        fails: 'post-sse-refused',
        replace: "app.get('/sse'",
        with: "app.all('/sse'"
    },
    {
        name: 'client-of-2025',
        file: 'client.ts',
        fails: 'client-tries-newest',
        replace: ", { versionNegotiation: { mode: 'auto' } }",
        with: ''
    },
    {
        name: 'client-without-streamable-http',
        file: 'client.ts',
        fails: 'client-tries-newest',
        replace: 'connectOver(new StreamableHTTPClientTransport(url))',
        with: 'connectOver(new SSEClientTransport(url))'
    },
    {
        name: 'client-never-falls-back',
        file: 'client.ts',
        fails: 'client-falls-back',
        replace: 'if (status !== 400 && status !== 404 && status !== 405) throw error;',
        with: 'if (status !== 400) throw error;'
    },
    {
        name: 'client-falls-back-on-every-error',
        file: 'client.ts',
        fails: 'client-keeps-errors',
        replace: '        if (status !== 400 && status !== 404 && status !== 405) throw error;\n',
        with: ''
    }
];
