import type { Metrics } from '@calc/sse-server';

const nothing = { inc() {} };

/** Counts nothing, to show what counting costs. */
export const noMetrics: Metrics = {
    sessions: nothing,
    legacySessions: nothing,
    closed: nothing,
    dropped: nothing,
    rejected: nothing,
    unhandled: nothing,
    observeCall() {},
    watch() {},
    toText: async () => '',
    contentType: 'text/plain'
};
