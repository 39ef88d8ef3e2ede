export { findExcess, type JsonBounds } from '../message/json-bounds.ts';
export { type ParsedMessage, parseMessage } from '../message/parse-message.ts';
export { RpcCode } from '../message/rpc-code.ts';
export { afterInput } from './after-input.ts';
export { type SseClock, systemClock } from './clock.ts';
export {
    createSseSessions,
    type SseOptions,
    type SseRequest,
    type SseServer,
    type SseSessions
} from './create-sessions.ts';
export { inTurn } from './http/in-turn.ts';
export { readId } from './http/read-message.ts';
export { type Refusal, refuse, sendRpcError } from './http/refusals.ts';
export { defaultLimits, type SseLimits } from './limits.ts';
export type { CloseReason, DropReason, SseObserver } from './observer.ts';
export { toIdempotencyCapability } from './session/idempotency-key.ts';
export { type Holder, Places } from './session/places.ts';
export type { SseSession, TransportName } from './session/session-info.ts';
