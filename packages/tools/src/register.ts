import { completable } from '@modelcontextprotocol/sdk/server/completable.js';
import { type McpServer, ResourceTemplate, type ToolCallback } from '@modelcontextprotocol/sdk/server/mcp.js';
import {
    type CallToolResult,
    ErrorCode,
    McpError,
    SubscribeRequestSchema,
    UnsubscribeRequestSchema
} from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { CLOCK_URI, type Clock } from './clock.ts';
import { tools } from './index.ts';
import { askForTime, completeTimeZone } from './prompts.ts';
import { completeJokeNumber, findJoke, JOKE_URI_TEMPLATE, jokeUris } from './resources.ts';
import { type Environment, type Tool, ToolError, type TransportName } from './tool.ts';

export interface RegisterOptions {
    environment: Environment;
    clock: Clock;
    /** The transport this server is about to be connected to. */
    transport: TransportName;
}

/**
 * Binds everything the calculator offers to one server of the SDK's first generation.
 * Call it before `connect`; what a session subscribes to ends with the session.
 */
export function registerCalculator(server: McpServer, options: RegisterOptions): void {
    for (const tool of tools) registerTool(server, tool, options);
    registerJokes(server);
    registerClock(server, options);
    registerPrompts(server);
    answerMalformedParams(server);
}

// Schemas cost more to build than to use, so those of the prompt are built once for all servers.
const timePromptArgs = {
    timezone: completable(z.string().describe('An IANA time zone, such as Europe/Paris'), completeTimeZone)
};

function registerTool(server: McpServer, tool: Tool, { environment, transport }: RegisterOptions): void {
    const call: ToolCallback<z.ZodObject> = async (args, { signal }): Promise<CallToolResult> => {
        try {
            const { value, text, meta } = await tool.run(args, { ...environment, transport, signal });
            const result: CallToolResult = { content: [{ type: 'text', text }], structuredContent: value };
            return meta ? { ...result, _meta: meta } : result;
        } catch (error) {
            // The answer to a cancelled call goes nowhere.
            signal.throwIfAborted();
            return toolError(explain(error, tool.name, environment));
        }
    };
    server.registerTool(
        tool.name,
        {
            title: tool.title,
            description: tool.description,
            inputSchema: tool.input,
            outputSchema: tool.output,
            annotations: tool.annotations
        },
        call
    );
}

function toolError(text: string): CallToolResult {
    return { content: [{ type: 'text', text }], isError: true };
}

/** A ToolError speaks to the caller; anything else may hold what is not the caller's to see. */
function explain(error: unknown, tool: string, environment: Environment): string {
    if (error instanceof ToolError) return error.message;
    environment.warn(`${tool} failed: ${error instanceof Error ? error.message : error}`);
    return `${tool} failed inside the server; try again, or ask who runs it`;
}

function registerJokes(server: McpServer): void {
    const template = new ResourceTemplate(JOKE_URI_TEMPLATE, {
        list: () => ({ resources: jokeUris.map((uri, index) => ({ uri, name: `joke ${index + 1}` })) }),
        complete: { number: completeJokeNumber }
    });
    server.registerResource(
        'built-in-joke',
        template,
        { title: 'Built-in joke', description: 'A joke that needs no network', mimeType: 'text/plain' },
        (uri, { number }) => {
            const text = findJoke(String(number));
            if (text === undefined) {
                throw new McpError(ErrorCode.InvalidParams, `number must be from 1 to ${jokeUris.length}`);
            }
            return { contents: [{ uri: uri.href, mimeType: 'text/plain', text }] };
        }
    );
}

function registerClock(mcpServer: McpServer, { environment, clock }: RegisterOptions): void {
    const { server } = mcpServer;
    mcpServer.registerResource(
        'clock',
        CLOCK_URI,
        { title: 'Clock', description: 'The time now; changes each second while subscribed', mimeType: 'text/plain' },
        () => ({ contents: [{ uri: CLOCK_URI, mimeType: 'text/plain', text: environment.now().toISOString() }] })
    );

    // McpServer reads and lists resources, and leaves subscriptions to the server below it.
    let unsubscribe: (() => void) | undefined;
    const stop = () => {
        unsubscribe?.();
        unsubscribe = undefined;
    };
    const tell = () => {
        server.sendResourceUpdated({ uri: CLOCK_URI }).catch((error: Error) => server.onerror?.(error));
    };
    server.registerCapabilities({ resources: { subscribe: true } });
    server.setRequestHandler(SubscribeRequestSchema, ({ params }) => {
        assertClock(params.uri);
        unsubscribe ??= clock.subscribe(tell);
        return {};
    });
    server.setRequestHandler(UnsubscribeRequestSchema, ({ params }) => {
        assertClock(params.uri);
        stop();
        return {};
    });
    const onclose = server.onclose;
    server.onclose = () => {
        stop();
        onclose?.();
    };
}

function assertClock(uri: string): void {
    if (uri !== CLOCK_URI) {
        throw new McpError(ErrorCode.InvalidParams, `uri must be ${CLOCK_URI}, the one resource that changes`);
    }
}

function registerPrompts(server: McpServer): void {
    server.registerPrompt(
        'what-time-is-it',
        { title: 'What time is it?', description: 'Asks for the time somewhere', argsSchema: timePromptArgs },
        ({ timezone }) => ({ messages: [{ role: 'user', content: { type: 'text', text: askForTime(timezone) } }] })
    );
}

type Handler = (request: unknown, extra: unknown) => Promise<unknown>;

/**
 * The SDK answers a request whose params do not fit with -32603, as if the server were at fault; JSON-RPC 2.0,
 * section 5.1, has -32602 for it. There is no public hook between parsing and answering, so the handlers are wrapped.
 */
function answerMalformedParams({ server }: McpServer): void {
    const handlers: Map<string, Handler> = Reflect.get(server, '_requestHandlers');
    for (const [method, handle] of handlers) {
        handlers.set(method, async (request, extra) => {
            try {
                if (method === 'tools/call' && hasProtoArgument(request))
                    return toolError('Unrecognized key: "__proto__"');
                return await handle(request, extra);
            } catch (error) {
                throw toInvalidParams(method, error) ?? error;
            }
        });
    }
}

/** zod passes over a key of this name, so that the tools' strict schemas never get to refuse it. */
function hasProtoArgument(request: unknown): boolean {
    const args: unknown = Object(Object(request).params).arguments;
    return typeof args === 'object' && args !== null && Object.hasOwn(args, '__proto__');
}

function toInvalidParams(method: string, error: unknown): McpError | undefined {
    // Both kinds of zod that the SDK knows hang their findings on `issues`.
    if (error instanceof z.core.$ZodError) {
        const findings = error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; ');
        return new McpError(ErrorCode.InvalidParams, `${method}: ${findings}`);
    }
    if (error instanceof TypeError && Reflect.get(error, 'code') === 'ERR_INVALID_URL') {
        return new McpError(ErrorCode.InvalidParams, `${method}: params.uri must be an absolute URI`);
    }
    return undefined;
}
