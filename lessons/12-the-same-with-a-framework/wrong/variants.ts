import type { Variant } from '../../variant.ts';

const file = 'tools/add-tool.ts';

export const variants: Variant[] = [
    {
        name: 'no-capabilities',
        fails: 'sdk-stream',
        replace: ', { capabilities: { tools: {} } }',
        with: ''
    },
    {
        name: 'no-list',
        fails: 'sdk-tools',
        replace:
            '    mcp.server.setRequestHandler(ListToolsRequestSchema, () => ({\n        tools: [...tools.values()].map(Tool => new Tool().toolDefinition)\n    }));\n',
        with: ''
    },
    {
        name: 'numbers-as-strings',
        fails: 'sdk-tools',
        file,
        replace: 'override get inputSchema() {',
        with: 'get unusedSchema() {'
    },
    {
        name: 'another-zod',
        fails: 'sdk-add',
        file,
        replace: "from 'zod/v3'",
        with: "from 'zod'"
    },
    {
        name: 'result-not-wrapped',
        fails: 'sdk-add',
        replace: 'return { ...(await tool.toolCall({ params: { name, arguments: args } })) };',
        with: 'return await tool.execute(args);'
    },
    {
        name: 'no-arguments',
        fails: 'sdk-add',
        replace: 'arguments: args } })',
        with: 'input: args } })'
    },
    {
        name: 'one-server-for-all',
        fails: 'second-connects',
        replace: 'const sessions = addMcpRoutes(app, createServer);',
        with: 'const shared = createServer();\nconst sessions = addMcpRoutes(app, () => shared);'
    },
    {
        name: 'one-tool-for-all',
        fails: 'replies-apart',
        replace: 'const tool = new Tool();',
        with: 'const tool = (app.locals[name] ??= new Tool());'
    },
    {
        name: 'numbers-in-the-class',
        fails: 'replies-apart',
        file,
        replace: '        await sleep(200);\n',
        with: '        Object.assign(AddTool, { a, b });\n        await sleep(200);\n        ({ a, b } = AddTool as unknown as { a: number; b: number });\n'
    }
];
