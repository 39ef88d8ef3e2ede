export { boundBody, isEventStream, LARGEST_MESSAGE, readStart } from './bound-body.ts';
export { nameOf, OUTCOME_UNKNOWN, SseClientError, type SseClientErrorCode } from './client-error.ts';
export type { ConnectionState, TraceEntry } from './connection-state.ts';
export type { RenewableTransport, SendOptions } from './renewable-transport.ts';
export { type RenewingStreamableOptions, RenewingStreamableTransport } from './renewing-streamable-transport.ts';
export { type ResumingSseOptions, ResumingSseTransport } from './resuming-sse-transport.ts';
export { findSessionId } from './session-id.ts';
export { SessionKeeper } from './session-keeper.ts';
export type { Timing } from './timing.ts';
