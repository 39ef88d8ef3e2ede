/** Error codes: those of JSON-RPC 2.0 (section 5.1), two that MCP servers use over HTTP, and two of this server's own. */
export const RpcCode = {
    ParseError: -32700,
    InvalidRequest: -32600,
    InvalidParams: -32602,
    InternalError: -32603,
    Refused: -32000,
    SessionNotFound: -32001,
    /** The request was run and its answer is lost. */
    AnswerLost: -32010,
    /** It is not known whether the request was run. */
    OutcomeUnknown: -32011
} as const;
