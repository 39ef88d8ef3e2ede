/** A clause of a specification: where a learner can read why a check expects what it expects. */
export interface Clause {
    title: string;
    url: string;
}

const MCP = 'https://modelcontextprotocol.io/specification';
const OLD = `${MCP}/2024-11-05`;

/** The clauses that checks refer to. */
export const clauses = {
    annotations: {
        title: 'MCP 2025-03-26, Schema, ToolAnnotations',
        url: `${MCP}/2025-03-26/server/tools#data-types`
    },
    eventSource: {
        title: 'HTML, Server-sent events, 9.2.2',
        url: 'https://html.spec.whatwg.org/multipage/server-sent-events.html#the-eventsource-interface'
    },
    eventStream: {
        title: 'HTML, Server-sent events, 9.2.5',
        url: 'https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream'
    },
    httpWithSse: {
        title: 'MCP 2024-11-05, Transports, HTTP with SSE',
        url: `${OLD}/basic/transports#http-with-sse`
    },
    jsonRpc: { title: 'JSON-RPC 2.0, section 5', url: 'https://www.jsonrpc.org/specification#response_object' },
    jsonRpcErrors: { title: 'JSON-RPC 2.0, section 5.1', url: 'https://www.jsonrpc.org/specification#error_object' },
    lifecycle: { title: 'MCP 2024-11-05, Lifecycle, Initialization', url: `${OLD}/basic/lifecycle#initialization` },
    notFound: {
        title: 'HTTP Semantics (RFC 9110), 15.5.5',
        url: 'https://www.rfc-editor.org/rfc/rfc9110#name-404-not-found'
    },
    fallback: {
        title: 'MCP 2025-06-18, Transports, Backwards compatibility',
        url: `${MCP}/2025-06-18/basic/transports#backwards-compatibility`
    },
    stateless: { title: 'MCP 2026-07-28, Transports', url: `${MCP}/2026-07-28/basic/transports` },
    streamableSessions: {
        title: 'MCP 2025-06-18, Transports, Session management',
        url: `${MCP}/2025-06-18/basic/transports#session-management`
    },
    pagination: { title: 'MCP 2024-11-05, Pagination', url: `${OLD}/server/utilities/pagination` },
    ping: { title: 'MCP 2024-11-05, Ping', url: `${OLD}/basic/utilities/ping` },
    prompts: { title: 'MCP 2024-11-05, Prompts', url: `${OLD}/server/prompts` },
    resources: { title: 'MCP 2024-11-05, Resources', url: `${OLD}/server/resources` },
    subscriptions: { title: 'MCP 2024-11-05, Resources, Subscriptions', url: `${OLD}/server/resources#subscriptions` },
    toolErrors: { title: 'MCP 2024-11-05, Tools, Error handling', url: `${OLD}/server/tools#error-handling` },
    timeouts: { title: 'MCP 2025-03-26, Lifecycle, Timeouts', url: `${MCP}/2025-03-26/basic/lifecycle#timeouts` },
    bearer: { title: 'RFC 6750, Bearer tokens, section 3', url: 'https://www.rfc-editor.org/rfc/rfc6750#section-3' },
    cookies: { title: 'RFC 6265, Cookies, section 4.1.2', url: 'https://www.rfc-editor.org/rfc/rfc6265#section-4.1.2' },
    cors: { title: 'Fetch, HTTP, CORS protocol', url: 'https://fetch.spec.whatwg.org/#http-cors-protocol' },
    sessionHijacking: {
        title: 'MCP 2025-06-18, Security best practices, Session hijacking',
        url: `${MCP}/2025-06-18/basic/security_best_practices#session-hijacking`
    },
    sseSecurity: {
        title: 'MCP 2024-11-05, Transports, Security warning',
        url: `${OLD}/basic/transports#security-warning`
    },
    healthChecks: {
        title: 'nginx, HTTP health checks',
        url: 'https://docs.nginx.com/nginx/admin-guide/load-balancer/http-health-check/'
    },
    keepAlive: {
        title: 'HTML, Server-sent events, 9.2.7',
        url: 'https://html.spec.whatwg.org/multipage/server-sent-events.html#authoring-notes'
    },
    lastEventId: {
        title: 'HTML, Server-sent events, 9.2.4',
        url: 'https://html.spec.whatwg.org/multipage/server-sent-events.html#the-last-event-id-header'
    },
    disposability: { title: 'The Twelve-Factor App, IX, Disposability', url: 'https://12factor.net/disposability' },
    logs: { title: 'The Twelve-Factor App, XI, Logs', url: 'https://12factor.net/logs' },
    backpressure: {
        title: 'Node, Stream, writable.write()',
        url: 'https://nodejs.org/api/stream.html#writablewritechunk-encoding-callback'
    },
    tooManyRequests: { title: 'RFC 6585, section 4', url: 'https://www.rfc-editor.org/rfc/rfc6585#section-4' },
    tools: { title: 'MCP 2024-11-05, Tools', url: `${OLD}/server/tools` }
} satisfies Record<string, Clause>;
