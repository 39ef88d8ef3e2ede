import type { z } from 'zod';

/** The transport of a call, as `echo` reports it. */
export type TransportName = 'sse' | 'streamable-http' | 'stdio';

/**
 * What a tool may use of the outside world. Tests replace parts of it, to stop the clock or to cut the network. Each app
 * creates one with `createEnvironment`.
 */
export interface Environment {
    /** The current time. */
    now(): Date;
    /** A number from 0 (inclusive) to 1 (exclusive), like `Math.random`. */
    random(): number;
    fetch: typeof globalThis.fetch;
    jokeApi: {
        url: string;
        /** Time limit for the API's whole response, in milliseconds. */
        timeoutMs: number;
    };
    /** Reports a failure that was handled to the operator. */
    warn(message: string): void;
}

/** The environment, and what belongs to one call. */
export interface CallContext extends Environment {
    transport: TransportName;
    /** Aborts when the client cancels the call or disconnects. */
    signal: AbortSignal;
    /**
     * Reports progress to a client that asked for it: `done` of `total` steps, and a description of the current one.
     * Each `done` must be greater than the one before.
     */
    progress(done: number, total: number, message: string): void;
}

/** The result of a tool: `value` for programs, which fits the output schema, and `text` for people and models. */
export interface ToolResult<Value> {
    value: Value;
    text: string;
    /** Information about the result that is not part of it; sent as `_meta`. */
    meta?: Record<string, unknown> | undefined;
}

/** A tool: data and one function. It knows nothing of the protocol that serves it. */
export interface Tool<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject> {
    name: string;
    title: string;
    description: string;
    /** A strict object, so that an unknown argument is rejected with its name. */
    input: Input;
    output: Output;
    /** Hints for clients (MCP, `ToolAnnotations`). */
    annotations: { readOnlyHint: boolean; idempotentHint: boolean; openWorldHint: boolean };
    /** @throws {ToolError} if the arguments fit the schema but have no valid result. */
    run(
        args: z.output<Input>,
        context: CallContext
    ): ToolResult<z.output<Output>> | Promise<ToolResult<z.output<Output>>>;
}

/** Infers the types of a tool; returns it unchanged. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
    tool: Tool<Input, Output>
): Tool<Input, Output> {
    return tool;
}

export type ToolErrorCode = 'out-of-range' | 'unknown-time-zone' | 'unknown-resource' | 'invalid-params';

/** A request with no valid result. The client gets the message, which says what to do instead. */
export class ToolError extends Error {
    override name = 'ToolError';
    readonly code: ToolErrorCode;
    /** Details for programs. */
    readonly data: Record<string, unknown> | undefined;

    constructor(code: ToolErrorCode, message: string, data?: Record<string, unknown>) {
        super(message);
        this.code = code;
        this.data = data;
    }
}
