// What a JSON-RPC message must look like, for transports that are not HTTP; this entry imports no SDK and no node:http.

export { defaultBounds, findExcess, type JsonBounds, type MessageBounds } from './json-bounds.ts';
export { parseJson } from './parse-json.ts';
export { isId, parseMessage } from './parse-message.ts';
export { RpcCode } from './rpc-code.ts';
