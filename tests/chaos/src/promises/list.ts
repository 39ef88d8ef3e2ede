/** The promises, in the words of the table. */
export const promises = {
    P1: 'No stickiness: requests of a session may go to any process',
    P2: '202 only for what will be handled; 404 at once for a session that is gone',
    P3: 'A killed process that has the stream: each accepted request gets one reply; clients are back within 3 s (p99)',
    P4: 'A killed process that runs the call: run again if the tool allows it, else an error; never silence',
    P5: 'No silent gap: trimmed, emptied and restored logs are noticed',
    P6: 'Event ids increase and none comes twice, whichever process writes',
    P7: 'A foreign, forged, future or malformed Last-Event-ID brings nothing, for little work',
    P8: 'Redis away: 503 for new work, streams stay open, `/ready` says why, and all works again after that',
    P9: 'At most 3 connections to Redis a process; bounded memory; no key stays',
    P10: 'SIGTERM hands sessions over, with jitter; a process that was frozen (SIGSTOP) and wakes sends nothing'
} as const;

export type PromiseName = keyof typeof promises;

export const promiseNames = Object.keys(promises) as PromiseName[];
