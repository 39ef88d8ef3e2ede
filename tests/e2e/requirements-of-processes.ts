/** The promises of servers of several processes; a part of requirements.ts. */
export const ofProcesses = {
    'workers.any':
        'With --workers N, or WORKERS, N processes serve one port; each request that names a session reaches the process that holds it, whichever process accepts the request',
    'workers.ended':
        'Without REDIS_URL, the sessions of a worker that was killed end: their requests get 404, -32001, with that reason, and GET /sse opens a new session; the sessions of other workers continue, and another worker is started',
    'workers.hangs':
        'Without REDIS_URL, a request for a session whose worker hangs gets 503 with Retry-After after about three seconds, though the worker may still handle it, and GET /sse opens a new session after about ten; a tool that takes longer is not cut off',
    'workers.totals': '/health and /metrics count the streams, and /metrics everything, of all workers',
    'workers.limits':
        'RATE_LIMIT counts the requests at all workers, and at each worker alone while the first process does not reply; without REDIS_URL, each worker has an equal share of MAX_SESSIONS',
    'workers.stop':
        'SIGTERM and SIGINT to the first process stop all workers as they stop one server; a worker that hangs is killed two seconds after SHUTDOWN_TIMEOUT_MS, and a second signal ends all at once; if the first process ends, its workers end',
    'workers.private':
        'Workers reach each other through sockets that only the user of the server can open, and that are removed at the end',
    'workers.number': 'A number of workers that is not from 1 to 64: one line; exit 2',

    'redis.any':
        'With REDIS_URL, any process that uses the same Redis answers any request of any session, on /sse, /messages and /mcp',
    'redis.accepted': 'With REDIS_URL, a POST is accepted only after Redis has its messages',
    'redis.takeover':
        'When the process that runs a session is gone, another one continues it within a few seconds; requests that were in flight run again, except calls of tools that are neither read-only nor idempotent, which get an error',
    'redis.away':
        'While Redis is away, new sessions and messages get 503 with Retry-After, and a message may still have been kept, so that a client marks its retry; open streams stay open, and GET /sse with Last-Event-ID opens a stream that continues when Redis is back',
    'redis.lost': 'When Redis has lost its data, all sessions end; no stream continues with a gap',
    'redis.stop':
        'A process that stops accepts no new connection, ends its streams and answers its calls in flight; other processes continue its sessions',
    'redis.sign-in':
        'With REDIS_URL, a browser that has signed in at one process is signed in at all, and signs out of all; while Redis is away, a request with a cookie gets 503 with Retry-After, unless it resumes a stream of /sse',
    'redis.sign-in-waits':
        'While Redis is away, GET /sse with Last-Event-ID and a cookie opens a stream with heartbeats and without events, which ends when the sign-in can be checked again or the process stops; at most MAX_SESSIONS of them wait at a process, and others get 503',
    'redis.sign-in-genuine':
        'With REDIS_URL, a cookie that no token of the server made, or that has expired, is 401, also while Redis is away, and Redis is not asked',
    'redis.limits':
        'With REDIS_URL, RATE_LIMIT and MAX_SESSIONS count the requests and sessions of all processes; while Redis is away, each process counts the requests itself',
    'redis.ready':
        'While Redis is away, GET /ready is 503 with the reason and GET /health 200; a server starts meanwhile, and needs no restart when Redis is back',
    'redis.metrics':
        'With REDIS_URL, /health and /metrics count what one process has, or all WORKERS of one machine; mcp_buffered_bytes is 0, because Redis keeps the messages',
    'redis.secrets': 'Tokens and cookies reach Redis as digests only',
    'redis.connections':
        'A process has at most two connections to Redis, whatever the number of sessions, and closes them when it stops',
    'redis.unset': 'Without REDIS_URL, no module for Redis is loaded'
};
