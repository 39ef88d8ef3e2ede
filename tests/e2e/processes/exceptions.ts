const atNginx = 'nginx answers or closes before a server does';
const promised = 'redis.metrics promises mcp_buffered_bytes 0';
const inside = "watches or stops the server's process from inside";

/** Tests that do not run against several processes, by their title without the ids of requirements, with the reason. */
export const exceptions: Readonly<Record<string, string>> = {
    'a message over MAX_MESSAGE_BYTES is refused while it is being sent': atNginx,
    'a request with two Host headers is 400, and two credentials count as no credential': atNginx,
    'letter case, a default port and a final dot do not change a host or origin': atNginx,
    'an unfinished handshake does not keep the server from stopping': atNginx,
    'a connection with too many pipelined requests is closed, and others are served': atNginx,
    'a request that two parsers could read differently is refused, and the rest of the connection is not read': atNginx,
    'a redirect to HTTPS leads to the same host for any request target': atNginx,
    'a request that never ends is answered with 408 and disconnected, a stream is not': atNginx,
    'odd URLs get a status of 400 to 499, never 500': atNginx,

    'GET /metrics counts sessions, streams, calls and refusals': promised,

    'the time of a comparison depends neither on the given token nor on its place in the list': inside,
    'requests for files that are sent ahead leave none open': inside,
    'an error while a file is read ends its own connection only': inside,
    'a session is not idle if its client sent a message in time, even if it is read late': inside,
    'a client that reconnects in time resumes, even if its request is read late': inside,
    'a connection is not idle if a request arrived in time, even if it is read late': inside
};
