import type { Metrics } from '@calc/sse-server';

/** Counts nothing, to show what counting costs. */
export const noMetrics: Metrics = {
    session() {},
    legacySession() {},
    closed() {},
    dropped() {},
    rejected() {},
    unhandled() {},
    call() {},
    watch() {},
    toJson: async () => ({}),
    toText: async () => '',
    contentType: 'text/plain'
};
