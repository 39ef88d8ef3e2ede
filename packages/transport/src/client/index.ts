export type { ConnectionState, TraceEntry } from './connection-state.ts';
export { boundBody, isEventStream, LARGEST_MESSAGE, readStart } from './http/bound-body.ts';
export { isRedirect } from './http/refusal.ts';
export { createResumingFetch } from './http/resuming-fetch.ts';
export type { RenewableTransport, SendOptions } from './session/renewable-transport.ts';
export { SessionKeeper } from './session/session-keeper.ts';
export { findSessionId } from './session-id.ts';
export { SseTransport, type SseTransportOptions } from './sse-transport.ts';
export { StreamableTransport, type StreamableTransportOptions } from './streamable-transport.ts';
export type { Timing } from './timing.ts';
export {
    describeFailure,
    nameOf,
    OUTCOME_UNKNOWN,
    TransportError,
    type TransportErrorCode
} from './transport-error.ts';
