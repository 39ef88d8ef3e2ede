export { type SseClock, systemClock } from './clock.ts';
export { type Refusal, RpcCode, refuse, sendRpcError } from './errors.ts';
export { inTurn } from './in-turn.ts';
export { findExcess, type JsonBounds } from './json-bounds.ts';
export { defaultLimits, type SseLimits } from './limits.ts';
export type { CloseReason, DropReason, SseObserver } from './observer.ts';
export { readId } from './read-message.ts';
export { createSseSessions, type SseOptions, type SseRequest, type SseServer, type SseSessions } from './sessions.ts';
export type { SseSession, TransportName } from './sse-session.ts';
