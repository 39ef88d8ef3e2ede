import { ofProcesses } from './requirements-of-processes.ts';

/**
 * What every request gets, as data: the promises of docs/wire-contract.md. A test names the promises it proves, and
 * one test checks that none is left unproved.
 */
export const contract = {
    'health.open': 'GET /health answers 200 with status, transport, connections, timestamp, uptime and version',
    'ready.draining': 'GET /ready answers 200, also when idle, and 503 once the server drains',
    'metrics.text': 'GET /metrics is Prometheus text: sessions, streams, calls and refusals',
    'page.served': 'GET / is the browser page',
    'page.prefix': 'GET or HEAD of BASE_PATH without the final slash redirects with 308 to the path with it',
    'route.head-sse': 'HEAD /sse answers with the headers of GET and opens no session',
    'route.method': 'Any other method on a known route is 405 with Allow; POST /sse among them',
    'route.unknown': 'Anything else is 404 JSON',
    'route.odd-urls': '`//`, odd escapes and over-long URLs get 400, 404, 414 or 431, never 500 and never HTML',
    'http.pipelining':
        'Pipelined requests on one connection are handled one after the other: a request waits until the responses before it have been sent; more than 100 waiting requests close the connection',
    'error.shape':
        'An HTTP error is a JSON-RPC error in JSON; it repeats only the id of the request and names from it, cut short; it has no stack trace and no trace of a framework',
    'error.size': 'No error is larger than 4 KB, however many mistakes a request has',
    'error.defect':
        'A request that fails because of a defect in the server gets 500, -32603, or its connection is closed; other requests and sessions continue',

    'stream.headers': 'GET /sse is 200 text/event-stream, no-cache, no-transform, X-Accel-Buffering: no, uncompressed',
    'stream.endpoint-first':
        'The first block of the stream is the endpoint event: `retry:` with RETRY_MS (2000), its id, and as data the path to post to',
    'stream.messages': 'Each JSON-RPC message is one message event on one data line; no string can break the framing',
    'stream.ids': 'Every event has an id that names the session and the position in it',
    'stream.keepalive': '`: keepalive` after HEARTBEAT_MS of silence, and only then',
    'stream.resume':
        'GET /sse with Last-Event-ID resumes: the same endpoint, then every missed message once and in order, then live messages',
    'stream.resume-away': 'While a session waits to be resumed, its POSTs are accepted and the replies are kept',
    'stream.resume-takes-over':
        'When a session is resumed while its old stream is still open, the old stream is closed first',
    'stream.resume-fresh':
        'A Last-Event-ID that is unknown, of an ended session, of another format, or older than the replay log: a new session',
    'stream.resume-window': 'A session that is not resumed within RESUME_WINDOW_MS ends; 0 disables resuming',
    'stream.slow-reader':
        'A client with a backlog of more than MAX_BUFFERED_BYTES is disconnected; other clients are not affected',

    'post.accepted': 'POST /messages answers 202 Accepted; the reply comes on the stream',
    'post.session-id': 'No sessionId, more than one, or not a UUID: 400, -32600',
    'post.unknown-session': "An unknown, ended, or another credential's session: 404, -32001 Session not found",
    'post.content-type':
        'A content type that is not application/json, or has a charset other than UTF-8, or a content encoding: 415, -32600',
    'post.not-json': 'A body that is not JSON: 400, -32700',
    'post.not-json-rpc':
        'A body that is not one JSON-RPC 2.0 message (a batch is not), or has an id over 256 characters: 400, -32600, with what is wrong',
    'post.too-complex':
        'JSON nested more than 64 levels deep, or with more than 10,000 members and elements: 400, -32600, before it is parsed',
    'post.too-large':
        'A body over MAX_MESSAGE_BYTES: 413, -32600; the response is sent before the connection is closed',
    'post.in-flight':
        'More than MAX_IN_FLIGHT requests unanswered: 429 with Retry-After, -32000; the session continues',
    'post.rate-limit': 'Over the rate limit: 429 with Retry-After, -32000; the session continues',
    'post.draining': 'Draining: 503 with Retry-After, -32000',
    'post.repeated':
        'A request on /messages that is marked as a retry and was received before is accepted and not run again; its reply comes on the stream, unless it was cancelled',
    'post.answer-lost':
        'A marked retry on /messages whose reply is no longer kept, while no stream is open: 409, -32010; it is not run again',
    'http.initialize':
        'POST /mcp with initialize opens a session and names it in Mcp-Session-Id of the response; a rejected initialize opens none',
    'http.reply':
        'A request is answered in the response to its POST: as application/json if the reply is ready at once, else as text/event-stream, which ends after the reply',
    'http.accepted': 'A POST without a request is 202 Accepted, with no body',
    'http.session':
        'No Mcp-Session-Id: 400; one that is unknown, ended, or of another credential: 404, -32001; initialize within a session: 400',
    'http.version': 'An unknown MCP-Protocol-Version: 400; without the header, the negotiated version applies',
    'http.accept':
        'An Accept header without text/event-stream, or for POST without application/json: 406, -32600; media ranges count; without Accept, or with one over 500 characters, every type is accepted',
    'http.method': 'Any other method on /mcp is 405 with Allow: GET, POST, DELETE',
    'http.body':
        'POST /mcp rejects content types, JSON, sizes, requests in flight, rates and draining in the same way as POST /messages',
    'http.batch': 'A batch is accepted from clients of 2025-03-26 and of no other revision',
    'http.events':
        'The first event of a stream has a `retry` line; for clients of 2025-11-25 that can resume, this event has no data; every event has an id that names the session, the stream and the position in it',
    'http.get': 'GET /mcp opens the stream for messages that belong to no request; a second one replaces the first',
    'http.resume':
        'GET /mcp with Last-Event-ID continues the stream of that event: every missed message once and in order; 204 if the stream is finished',
    'http.resume-lost':
        'Missed messages that are no longer kept are not skipped: the stream of a request gets 400, and for the stream of GET /mcp the session ends',
    'http.resume-window':
        'Messages sent on /mcp, and a dropped stream, are kept for RESUME_WINDOW_MS; the session continues after that time',
    'http.repeated':
        'A request on /mcp that is marked as a retry and was received before gets the reply to the first and is not run again; a cancelled one gets no reply',
    'http.reply-lost':
        'A request on /mcp whose reply is lost before it is sent, because its session keeps too much or Redis was away, gets the error -32010 and not silence: 409, or an event without an id if the stream has begun',
    'http.answer-lost':
        'A marked retry on /mcp whose reply is no longer kept: 409, -32010, and it is not run again; the same applies to the same bytes while they are in flight',
    'http.cancelled': 'A cancelled request gets no reply, and its stream ends',
    'http.delete': 'DELETE /mcp ends the session: 204',
    'http.bounded':
        'All streams of a session on /mcp share MAX_BUFFERED_BYTES; a client with a larger backlog is disconnected and may resume',
    'http.keepalive': 'Streams of /mcp carry `: keepalive` after HEARTBEAT_MS of silence',

    'repeat.id-again':
        'A request with an id that was used before and is not in flight is a new request and is run, even with the same bytes',
    'repeat.in-flight':
        'The same bytes as a request in flight are accepted and not run again (on /mcp the newer POST gets the answer, the older 409); another request with its id, or one of a batch: 400, -32600, and the message names the id',
    'repeat.key':
        'Idempotency-Key: "KEY" (a string of RFC 8941, 1 to 256 characters) marks a POST as a retry of one with the same content, and with the same key if that had one; a malformed key: 400, -32600; a marked retry that was not received before is run, and recognized from then on',
    'repeat.late':
        'A request that arrives after its own marked retry, with the same content, is accepted and not run again, for as long as the retry is remembered; on /mcp it gets the reply to the retry',
    'repeat.unknown':
        'A session that had to forget answered POSTs too early rejects a marked retry that it does not recognize: 409, -32011; it is not run',
    'repeat.declared':
        'The result of initialize in a session declares capabilities.experimental.idempotencyKey, whose rememberedMs (RESUME_WINDOW_MS, 60000 at least) says how long an answered POST is remembered',

    'stateless.era':
        'A message on /mcp is stateless if its MCP-Protocol-Version or the envelope in its _meta names such a revision; every other message belongs to a session',
    'stateless.reply':
        'A stateless request is answered in the response to its POST and leaves nothing behind; a client that closes the response cancels it',
    'stateless.discover':
        'server/discover lists the capabilities of the server; clients may cache it and the lists for 5 minutes, and may not cache resources',
    'stateless.errors':
        'MCP-Protocol-Version, Mcp-Method or Mcp-Name that are missing or contradict the body: 400, -32020; an unknown revision: 400, -32022; an unknown method: 404, -32601',
    'stateless.subscribe': 'subscriptions/listen to clock://now pushes each second until either side ends it',
    'stateless.access':
        'Stateless requests pass the same guards and the same limits of size and rate as all other requests',
    'stateless.limits':
        'More stateless requests, or subscriptions, at once than MAX_SESSIONS and a tenth more for clients that hold less than a hundredth: 503 with Retry-After; answered requests do not count; a client that reads nothing for four heartbeats is disconnected',
    'stateless.draining': 'While draining, calls in flight are answered, other requests get 503, and subscriptions end',

    'legacy.successor': 'GET and HEAD /sse carry Deprecation, and Link to /mcp as successor-version',
    'legacy.count': 'mcp_legacy_sessions_total counts the sessions over HTTP+SSE',
    'legacy.fallback':
        'A client that tries the newest transport first, and falls back as the specification says, can use a server of each generation',

    'rpc.unknown-method': 'An unknown method answers -32601',
    'rpc.malformed-params': 'Malformed params of a known method answer -32602',
    'rpc.null':
        'null for params, _meta or another optional member that MCP defines counts as absent; within the arguments of a tool it is a value',
    'rpc.cursor': 'A cursor answers -32602: every list is one page',
    'rpc.notification': 'A notification gets no reply',
    'rpc.names': 'Names such as __proto__ in an id, an argument or a header are data like any other',

    'session.max':
        'New sessions beyond MAX_SESSIONS: 503 with Retry-After, if no session can be ended for them; clients that hold less than a hundredth may open a tenth more',
    'session.places':
        'When MAX_SESSIONS are open, a new session ends one that has no stream and no request in flight, of its own client or of a client that holds more: first a session not used after initialize, then the one that is idle for longest',
    'session.idle':
        'A session without a message for SESSION_IDLE_MS ends; one of /mcp after SESSION_STREAMLESS_MS if it has no stream, and after SESSION_UNUSED_MS if it was not used after initialize; its client gets 404 and initializes again',
    'session.isolated': 'Two sessions that use the same request ids get their own replies only',

    'access.bind':
        'Bound to 127.0.0.1 by default; with another HOST than a loopback address, TRUST_PROXY or ALLOWED_HOSTS, the server does not start without a token, unless ALLOW_UNAUTHENTICATED=true',
    'access.host':
        'Host must be local or in ALLOWED_HOSTS, in any letter case, else 403, on every route but /health and /ready; more than one Host is 400',
    'access.origin':
        'Origin must be same-origin, local or in ALLOWED_ORIGINS, extensions and desktop apps by their name, else 403, on every route but /health and /ready',
    'access.cors':
        'Preflight reflects only an allowed origin, never *, and exposes Mcp-Session-Id, WWW-Authenticate and the other headers that clients read; answers to GET and HEAD have Vary: Origin',
    'access.token':
        'With MCP_AUTH_TOKEN (several, separated by commas), /sse, /messages, /mcp and /metrics require Authorization: Bearer, in any letter case: else 401 with WWW-Authenticate: Bearer',
    'access.token-time': 'Tokens are compared in constant time',
    'access.token-url': 'A token in the URL is never accepted',
    'access.session-owner': 'A session accepts only the credential that opened it, for resuming too',
    'access.open': '/health, /ready, the page and signing in require no token',
    'access.sign-in':
        'POST /login takes the token once and answers with an HttpOnly, SameSite=Strict cookie, Secure over HTTPS; POST /logout ends it',
    'access.sign-in-refused': 'A wrong token at /login is 401, a malformed body 400',
    'access.secrets': 'Tokens, cookies and whole session ids never show in logs, metrics or errors',
    'access.rate':
        'More than RATE_LIMIT requests of a credential, else of an address: 429 with Retry-After and RateLimit, -32000; a bad token counts for its address',
    'access.proxy':
        'X-Forwarded-For and X-Forwarded-Proto, in any letter case, are trusted from as many proxies as TRUST_PROXY says, by default from none',
    'access.https':
        'REQUIRE_HTTPS redirects with 308 the requests that reached a trusted proxy by plain HTTP, and no others',
    'access.page-headers': 'The page loads nothing from other origins and cannot be framed',

    'life.start': 'On start one line each for the page, /mcp, /sse and whether a token is required, with full URLs',
    'life.port-taken': 'Port taken: one line that names the port and how to choose another; exit 1',
    'life.bad-config':
        'Bad configuration: one line for each bad variable with what was expected; exit 2, never a stack trace',
    'life.bad-arguments': 'Unknown argument: one line that names the variable to set instead; exit 2',
    'life.stop':
        'SIGTERM and SIGINT: no new sessions, calls in flight are answered within SHUTDOWN_TIMEOUT_MS, streams end; exit 0',
    'life.second-signal': 'A second signal ends the process at once',
    'life.time-limits':
        'A request that takes longer than REQUEST_TIMEOUT_MS to arrive is cut off, with 408 where an answer is still possible',
    'life.keep-alive': 'An idle connection is closed after KEEP_ALIVE_MS',

    ...ofProcesses,

    'stdio.lines':
        'stdio: one message a line, ended by LF or CR LF; the last line may lack it; blank lines and a byte order mark in front of the first line are skipped',
    'stdio.errors':
        'stdio: a line that is not a message gets the error that a POST gets, with the id of its request or null, and the server continues',
    'stdio.line-limit': 'stdio: a line over 4 MiB gets -32600; what follows it is read',
    'stdio.ids':
        'stdio: an id can be used again after its response; a request in flight is not run twice, and another request with its id gets -32600 that names the id, under id null',
    'stdio.backpressure':
        'stdio: with 256 requests in flight the input is read no further; every request that was sent ahead gets its response',
    'stdio.end':
        'stdio: the end of the input, SIGTERM and SIGINT end the server once calls in flight are answered, 5 seconds later at most; exit 0, 1 if the client did not read the last answers, 2 if a variable is invalid',

    'env.table': '--help and docs/configuration.md name every variable, with its default and meaning',
    'env.empty': 'A variable that is empty counts as not set',
    'env.misspelt': 'A variable whose name is nearly one of the table is a warning that names the right one',
    'env.base-path': 'BASE_PATH is the prefix of every path, whether or not the proxy removes it',
    'env.tls': 'TLS_CERT and TLS_KEY: HTTPS without a proxy',
    'env.log': 'LOG_LEVEL and LOG_FORMAT: the log on standard error, pretty on a terminal, else a JSON object a line',
    'env.log-refusals':
        'Each rejected request is a line in the log: method, path without the query, address, status and reason; at most 1,000 lines a minute',

    'faults.off':
        'Without TEACHING_FAULTS=true, /faults is 404 like any unknown path; with it the server starts on a loopback address only',
    'faults.access':
        'POST /faults/… passes the same guards as /messages and takes JSON: {"sessionId": "…"}, for stall and outage with "ms"; a session of another credential is 404',
    'faults.drop': "POST /faults/drop breaks the session's open streams; the session waits to be resumed",
    'faults.stall':
        'POST /faults/stall holds back everything from the client for that time; messages queue and then come in order',
    'faults.outage':
        'POST /faults/outage breaks the open streams and, for that time, every request that names the session; then the session can be resumed',
    'faults.forget':
        'POST /faults/forget ends the session: its POSTs get 404, and a client that reconnects gets a new session, over Streamable HTTP by another initialize',

    'tool.list': 'tools/list has every tool, each with title, description, schemas and annotations',
    'tool.structured': 'A result has structuredContent besides the text',
    'tool.arguments':
        'Arguments that the schema rejects, unknown ones included, get a result with isError that names the argument',
    'tool.unknown': 'An unknown tool answers -32602 with the names of the tools',
    'tool.task': 'task in params is ignored, since the server has no tasks',
    'tool.add': 'add sums finite numbers; an overflow is an error result, never Infinity',
    'tool.echo': 'echo returns message, timestamp and transport',
    'tool.server-time': 'server_time returns the time in a time zone; an unknown zone is an error result that names it',
    'tool.random-joke':
        'random-joke returns a joke from the API within its time limit, or else a built-in joke with the reason',
    'resource.fixed':
        'A resource that never changes has _meta["mcp-calculator/subscribable"] = false in resources/list',
    'resource.clock': 'clock://now is readable and subscribable: pushed each second while a client subscribes',
    'resource.template': 'One resource template with completion',
    'resource.unknown': 'An unknown resource answers -32002 with its uri up to 2025-11-25, and -32602 from 2026-07-28',
    prompt: 'One prompt with completion of its argument'
} as const;
