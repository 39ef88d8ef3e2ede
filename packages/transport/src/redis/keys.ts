/**
 * The beginning of all keys of a broker. The number changes with what the keys hold: then processes of two versions share no
 * session, and none misreads what the other has written.
 */
export const PREFIX = 'calc:1:';
