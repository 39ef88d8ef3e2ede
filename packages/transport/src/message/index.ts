// Checks of JSON-RPC messages for every transport. This entry does not load the SDK or node:http.

export { defaultBounds, findExcess, type JsonBounds, type MessageBounds } from './json-bounds.ts';
export { parseJson } from './parse-json.ts';
export { parseMessage, toIdInFlightMessage } from './parse-message.ts';
export { RpcCode } from './rpc-code.ts';
export { isId, shorten } from './shape.ts';
