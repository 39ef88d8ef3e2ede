import { TOKEN } from './driver/token.ts';

/** More than any section opens; the check costs the same. */
const MAX_SESSIONS = '100000';

/** The app with the limits of its transport on, and without what a server on the internet adds to them. */
export const transportAlone = { MAX_SESSIONS, RATE_LIMIT: 'off', LOG_LEVEL: 'silent', METRICS: 'off' };

/**
 * The app with all its checks, logs and metrics at work, but a rate allowed that one load driver needs; a check costs
 * the same whether it allows ten or a million.
 */
export const everything = {
    MAX_SESSIONS,
    MCP_AUTH_TOKEN: TOKEN,
    RATE_LIMIT: '900000000/minute',
    LOG_LEVEL: 'info',
    LOG_FORMAT: 'json'
};
