import { arrayOf, boolean, members, number, object, oneOf, recordOf, type Shape, string } from './shape.ts';

const icon = members({ src: string }, { mimeType: string, sizes: arrayOf(string), theme: oneOf('light', 'dark') });

/** `Implementation`: what a client says about itself (MCP 2025-11-25, Schema Reference). */
const implementation = members(
    { name: string, version: string },
    { title: string, icons: arrayOf(icon), websiteUrl: string, description: string }
);

/** `ClientCapabilities`: what a client can do (MCP 2025-11-25, Schema Reference). */
const clientCapabilities: Shape = members(
    {},
    {
        experimental: recordOf(object),
        extensions: recordOf(object),
        sampling: members({}, { context: object, tools: object }),
        elicitation: members({}, { form: members({}, { applyDefaults: boolean }), url: object }),
        roots: members({}, { listChanged: boolean }),
        tasks: members(
            {},
            {
                list: object,
                cancel: object,
                requests: members(
                    {},
                    {
                        sampling: members({}, { createMessage: object }),
                        elicitation: members({}, { create: object })
                    }
                )
            }
        )
    }
);

/** What each request of the stateless revisions states about its client, in `params._meta` (MCP 2026-07-28). */
export const envelope = members(
    {},
    {
        'io.modelcontextprotocol/protocolVersion': string,
        'io.modelcontextprotocol/clientInfo': implementation,
        'io.modelcontextprotocol/clientCapabilities': clientCapabilities,
        'io.modelcontextprotocol/logLevel': string
    }
);

const page = members({}, { cursor: string });
const texts = recordOf(string);

/**
 * The params of methods with optional members, which may be null, or with lists and records, which the SDK would check to
 * their end (MCP 2025-11-25, Schema Reference). The method itself finds other mistakes.
 */
export const paramsShapes: ReadonlyMap<string, Shape> = new Map([
    [
        'initialize',
        members({ protocolVersion: string, capabilities: clientCapabilities, clientInfo: implementation }, {})
    ],
    ['tools/list', page],
    ['resources/list', page],
    ['resources/templates/list', page],
    ['prompts/list', page],
    ['tools/call', members({ name: string }, { arguments: object, task: object })],
    ['prompts/get', members({ name: string }, { arguments: texts })],
    ['completion/complete', members({}, { context: members({}, { arguments: texts }) })],
    ['notifications/cancelled', members({}, { reason: string })],
    ['notifications/progress', members({}, { total: number, message: string })],
    [
        'subscriptions/listen',
        members(
            {},
            {
                notifications: members(
                    {},
                    {
                        toolsListChanged: boolean,
                        promptsListChanged: boolean,
                        resourcesListChanged: boolean,
                        resourceSubscriptions: arrayOf(string)
                    }
                )
            }
        )
    ]
]);
