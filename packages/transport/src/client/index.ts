export { nameOf, OUTCOME_UNKNOWN, SseClientError, type SseClientErrorCode } from './client-error.ts';
export { boundBody, isEventStream, LARGEST_MESSAGE, readStart } from './http/bound-body.ts';
export type { ConnectionState, TraceEntry } from './session/connection-state.ts';
export type { RenewableTransport, SendOptions } from './session/renewable-transport.ts';
export { findSessionId } from './session/session-id.ts';
export { SessionKeeper } from './session/session-keeper.ts';
export { type ResumingSseOptions, ResumingSseTransport } from './sse-transport.ts';
export { type RenewingStreamableOptions, RenewingStreamableTransport } from './streamable-transport.ts';
export type { Timing } from './timing.ts';
