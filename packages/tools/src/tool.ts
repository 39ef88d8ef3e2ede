import type { z } from 'zod';

/** The transport a call arrives by, as `echo` reports it. */
export type TransportName = 'sse' | 'streamable-http' | 'stdio';

/**
 * What a tool may reach of the outside world. All of it is handed in, so that a test can stop the clock
 * or unplug the network. One for each app: see `createEnvironment`.
 */
export interface Environment {
    /** The current time. */
    now(): Date;
    /** A number from 0 (inclusive) to 1 (exclusive), like `Math.random`. */
    random(): number;
    fetch: typeof globalThis.fetch;
    jokeApi: {
        url: string;
        /** How long the API may take for its whole answer, in milliseconds. */
        timeoutMs: number;
    };
    /** Tells the operator about something that went wrong and was dealt with. */
    warn(message: string): void;
}

/** The environment together with what is particular to one call. */
export interface CallContext extends Environment {
    transport: TransportName;
    /** Aborts when the caller cancels the call or goes away. */
    signal: AbortSignal;
    /**
     * Tells the caller how far it is: `done` of `total` steps, and in words what comes next. A caller who did not ask
     * to be told hears nothing. Each `done` is greater than the one before.
     */
    progress(done: number, total: number, message: string): void;
}

/** What a tool gives back: `value` for programs (it fits the output schema), `text` for people and models. */
export interface ToolResult<Value> {
    value: Value;
    text: string;
    /** Remarks about the result that are not part of it; sent as `_meta`. */
    meta?: Record<string, unknown> | undefined;
}

/** A tool as data and one function; it knows nothing of the protocol that serves it. */
export interface Tool<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject> {
    name: string;
    title: string;
    description: string;
    /** A strict object, so that an argument the tool does not know is refused by name. */
    input: Input;
    output: Output;
    /** Hints for clients (MCP, `ToolAnnotations`). */
    annotations: { readOnlyHint: boolean; idempotentHint: boolean; openWorldHint: boolean };
    /** @throws {ToolError} when the arguments fit the schema and cannot be served all the same. */
    run(
        args: z.output<Input>,
        context: CallContext
    ): ToolResult<z.output<Output>> | Promise<ToolResult<z.output<Output>>>;
}

/** Gives a tool's literal its types; nothing happens at run time. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
    tool: Tool<Input, Output>
): Tool<Input, Output> {
    return tool;
}

export type ToolErrorCode = 'out-of-range' | 'unknown-time-zone' | 'unknown-resource' | 'invalid-params';

/** A request that cannot be served; its message is meant for the caller and says what to do instead. */
export class ToolError extends Error {
    override name = 'ToolError';
    readonly code: ToolErrorCode;
    /** More about it, for programs. */
    readonly data: Record<string, unknown> | undefined;

    constructor(code: ToolErrorCode, message: string, data?: Record<string, unknown>) {
        super(message);
        this.code = code;
        this.data = data;
    }
}
