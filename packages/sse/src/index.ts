export { type SseClock, systemClock } from './clock.ts';
export { type Refusal, RpcCode, sendRpcError } from './errors.ts';
export { defaultLimits, type SseLimits } from './limits.ts';
export type { CloseReason, DropReason, SseObserver } from './observer.ts';
export { createSseSessions, type SseOptions, type SseRequest, type SseServer, type SseSessions } from './sessions.ts';
export type { SseSession } from './sse-session.ts';
