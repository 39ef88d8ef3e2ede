export { findExcess, type JsonBounds } from '../message/json-bounds.ts';
export { type ParsedMessage, parseMessage } from '../message/parse-message.ts';
export { RpcCode } from '../message/rpc-code.ts';
export { afterInput } from './after-input.ts';
export { type Clock, systemClock } from './clock.ts';
export {
    type ConnectableServer,
    createSessions,
    type McpRequest,
    type Sessions,
    type SessionsOptions
} from './create-sessions.ts';
export { inTurn } from './http/in-turn.ts';
export { readId } from './http/read-message.ts';
export { type Refusal, refuse, sendRpcError } from './http/refusals.ts';
export { defaultLimits, type Limits } from './limits.ts';
export type { CloseReason, DropReason, Observer } from './observer.ts';
export { toIdempotencyCapability } from './session/idempotency-key.ts';
export { type Holder, Places } from './session/places.ts';
export type { SessionInfo, TransportName } from './session/session-info.ts';
