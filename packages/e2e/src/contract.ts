/**
 * What every request gets, as data: the promises of docs/wire-contract.md. A test names the promises it proves, and
 * one test checks that none is left unproved.
 */
export const contract = {
    'health.open': 'GET /health answers 200 with status, transport, connections, timestamp, uptime and version',
    'page.served': 'GET / is the browser page',
    'route.head-sse': 'HEAD /sse answers the headers and ends at once; it opens no session',
    'route.method': 'Any other method on a known route is 405 with Allow; POST /sse among them',
    'route.unknown': 'Anything else is 404 JSON',
    'route.odd-urls': '`//`, odd escapes and over-long URLs get 400, 404, 414 or 431, never 500 and never HTML',
    'error.shape':
        'An error is a JSON-RPC error in JSON; of the request it repeats the id at most; no stack trace, no framework',

    'stream.headers': 'GET /sse is 200 text/event-stream, no-cache, no-transform, X-Accel-Buffering: no, uncompressed',
    'stream.endpoint-first': '`retry: 2000`, then the endpoint event with the path to post to, come first',
    'stream.messages': 'Each JSON-RPC message is one message event on one data line; no string can break the framing',
    'stream.ids': 'Every event has an id that names the session and the position in it',
    'stream.keepalive': '`: keepalive` after HEARTBEAT_MS of silence, and only then',
    'stream.resume': 'Last-Event-ID resumes: the same endpoint, all that was missed, once and in order, then live',
    'stream.resume-away': 'While a session waits to be resumed its POSTs are accepted and their replies kept',
    'stream.resume-takes-over': 'A stream still open for a session that is resumed is closed first',
    'stream.resume-fresh':
        'A Last-Event-ID that is unknown, ended, not ours or of a log that lost messages: a fresh session',
    'stream.resume-window': 'A session that is not resumed within RESUME_WINDOW_MS ends; 0 turns resuming off',
    'stream.slow-reader':
        'A reader that lets more than MAX_BUFFERED_BYTES pile up is disconnected; others do not notice',

    'post.accepted': 'POST /messages answers 202 Accepted; the reply comes on the stream',
    'post.session-id': 'No sessionId, more than one, or not a UUID: 400, -32600',
    'post.unknown-session': 'An unknown or ended session: 404, -32001 Session not found',
    'post.content-type': 'A content type that is not application/json: 415, -32600',
    'post.not-json': 'A body that is not JSON: 400, -32700',
    'post.not-json-rpc': 'Not one JSON-RPC 2.0 message, a batch included: 400, -32600',
    'post.too-large': 'A body over MAX_MESSAGE_BYTES: 413, -32600, sent before the socket is closed',
    'post.in-flight': 'More than MAX_IN_FLIGHT requests unanswered: 429 with Retry-After, -32000; the session lives on',
    'post.draining': 'Draining: 503 with Retry-After, -32000',
    'post.repeated': 'A request repeated under an id in flight or in the replay log is accepted and not run again',
    'rpc.unknown-method': 'An unknown method answers -32601 on the stream',
    'rpc.malformed-params': 'Malformed params of a known method answer -32602',
    'rpc.notification': 'A notification gets no reply',
    'rpc.names': 'Names such as __proto__ in an id or an argument are data like any other',

    'session.max': 'New sessions beyond MAX_SESSIONS: 503 with Retry-After',
    'session.idle': 'A session without a message for SESSION_IDLE_MS ends',
    'session.isolated': 'Two sessions with the same ids see their own replies only',

    'access.host': 'Host must be local or in ALLOWED_HOSTS, else 403, on every route but /health',
    'access.origin': 'Origin must be same-origin, local or in ALLOWED_ORIGINS, else 403, on every route but /health',
    'access.bind':
        'Bound to 127.0.0.1 by default; any HOST but a loopback one refuses to start unless ALLOW_UNAUTHENTICATED=true',

    'life.start': 'On start one line each for the page and /sse with full URLs',
    'life.port-taken': 'Port taken: one line that names the port and how to choose another; exit 1',
    'life.bad-config': 'Bad configuration: one line for each bad variable with what was expected; exit 2',
    'life.stop': 'SIGTERM and SIGINT: calls in flight are answered within SHUTDOWN_TIMEOUT_MS, streams end; exit 0',

    'tool.list': 'Four tools, each with title, description, schemas and annotations',
    'tool.structured': 'A result has structuredContent beside the text',
    'tool.arguments': 'Arguments the schema refuses, unknown ones included, answer isError and name the argument',
    'tool.add': 'add sums finite numbers; an overflow is an error result, never Infinity',
    'tool.echo': 'echo returns message, timestamp and transport',
    'tool.server-time': 'server_time tells the time in a time zone; an unknown zone is an error result that names it',
    'tool.random-joke': 'random-joke tells one from the API within its time limit, or a built-in one with the reason',
    'resource.clock': 'clock://now is readable and subscribable: pushed each second while somebody subscribes',
    'resource.template': 'One resource template with completion',
    prompt: 'One prompt with completion of its argument'
} as const;

export type PromiseId = keyof typeof contract;
