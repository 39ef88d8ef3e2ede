export { createSharedSessions, type SharedSessionsOptions } from './create-shared-sessions.ts';
export { toBrokerLimits } from './limits.ts';
