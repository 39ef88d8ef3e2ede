/**
 * The beginning of all keys of a broker. The number changes with what the keys hold: then processes of two versions share no
 * session, and none misreads what the other has written.
 */
export const PREFIX = 'calc:1:';

/** The sorted set of processes with the ends of their leases. */
export const PROCESSES = `${PREFIX}processes`;

/** The hash that names the epoch. */
export const EPOCH = `${PREFIX}epoch`;
