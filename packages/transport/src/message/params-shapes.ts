import {
    arrayOf,
    boolean,
    members,
    number,
    object,
    oneOf,
    optional,
    recordOf,
    requestId,
    type Shape,
    safeInteger,
    string
} from './shape.ts';

const icon = members({ src: string }, { mimeType: string, sizes: arrayOf(string), theme: oneOf('light', 'dark') });

/** `Implementation`: what a client says about itself (MCP 2025-11-25, Schema Reference). */
const implementation = members(
    { name: string, version: string },
    { title: string, icons: arrayOf(icon), websiteUrl: string, description: string }
);

/** `ClientCapabilities`: what a client can do (MCP 2025-11-25, Schema Reference). */
const clientCapabilities = optional({
    experimental: recordOf(object),
    extensions: recordOf(object),
    sampling: optional({ context: object, tools: object }),
    elicitation: optional({ form: optional({ applyDefaults: boolean }), url: object }),
    roots: optional({ listChanged: boolean }),
    tasks: optional({
        list: object,
        cancel: object,
        requests: optional({
            sampling: optional({ createMessage: object }),
            elicitation: optional({ create: object })
        })
    })
});

/** Params or a result. Requests of the stateless revisions state their client in the last four members (MCP 2026-07-28). */
export const withMeta = optional({
    _meta: optional({
        progressToken: requestId,
        'io.modelcontextprotocol/related-task': members({ taskId: string }),
        'io.modelcontextprotocol/protocolVersion': string,
        'io.modelcontextprotocol/clientInfo': implementation,
        'io.modelcontextprotocol/clientCapabilities': clientCapabilities,
        'io.modelcontextprotocol/logLevel': string
    })
});

/** The `error` of a response (JSON-RPC 2.0, section 5.1). */
export const rpcError = members({ code: safeInteger, message: string });

const page = optional({ cursor: string });
const texts = recordOf(string);

/**
 * The params of methods with optional members, which may be null, or with lists and records, which the SDK would check to
 * their end (MCP 2025-11-25, Schema Reference). The method itself finds other mistakes.
 */
export const paramsShapes: ReadonlyMap<string, Shape> = new Map([
    ['initialize', members({ protocolVersion: string, capabilities: clientCapabilities, clientInfo: implementation })],
    ['tools/list', page],
    ['resources/list', page],
    ['resources/templates/list', page],
    ['prompts/list', page],
    ['tools/call', members({ name: string }, { arguments: object, task: object })],
    ['prompts/get', members({ name: string }, { arguments: texts })],
    ['completion/complete', optional({ context: optional({ arguments: texts }) })],
    ['notifications/cancelled', optional({ reason: string })],
    ['notifications/progress', optional({ total: number, message: string })],
    [
        'subscriptions/listen',
        optional({
            notifications: optional({
                toolsListChanged: boolean,
                promptsListChanged: boolean,
                resourcesListChanged: boolean,
                resourceSubscriptions: arrayOf(string)
            })
        })
    ]
]);
