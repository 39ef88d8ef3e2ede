import { type Attempt, nothingFor } from '../../attempt.ts';
import { CheckFailure, type FailureDetails } from '../../check.ts';
import { clauses } from '../../clauses.ts';
import { type McpSession, openReady } from '../../mcp-session.ts';
import type { Text } from '../../text.ts';
import { parse, type Reply, type Unchecked } from '../../wire/message.ts';
import { showJson } from '../../wire/show.ts';

/** What a server says of a tool; its members have any shape. */
export interface ListedTool {
    name: string;
    inputSchema?: Unchecked;
}

/** Lists all tools, page by page, within the time limit. */
async function listTools(attempt: Attempt, session: McpSession): Promise<ListedTool[]> {
    const deadline = Date.now() + attempt.limitMs;
    const cursors = new Set<string>();
    let tools: ListedTool[] = [];
    for (let params = {}; ; ) {
        const result = await session.result('tools/list', params);
        if (!Array.isArray(result?.tools)) throw attempt.failure({ received: showJson(result), ...noList });
        tools = tools.concat(result.tools);
        const cursor: unknown = result.nextCursor;
        if (cursor == null) return tools;
        const shown = `"nextCursor":${showJson(cursor)}`;
        if (cursors.has(shown)) throw attempt.failure({ received: repeated(shown), ...noLastPage });
        cursors.add(shown);
        if (Date.now() > deadline)
            throw attempt.timeout({ received: tooMany(cursors.size, attempt.limitMs / 1000, shown), ...noLastPage });
        params = { cursor };
    }
}

const repeated = (cursor: string): Text => ({ en: `${cursor} a second time`, fr: `${cursor} une deuxième fois` });

const tooMany = (pages: number, seconds: number, cursor: string): Text => ({
    en: `${pages} pages within ${seconds} s, and ${cursor}`,
    fr: `${pages} pages en ${seconds} s, et ${cursor}`
});

const noLastPage = {
    expected: { en: 'a last page, without nextCursor', fr: 'une dernière page, sans nextCursor' },
    clause: clauses.pagination,
    next: {
        en: 'Leave nextCursor out of the page that no other follows. A short list needs no pages.',
        fr: "N'écrivez pas nextCursor dans la page qu'aucune autre ne suit. Une liste courte n'a pas besoin de pages."
    }
};

const noList = {
    expected: { en: '{"tools":[…]}', fr: '{"tools":[…]}' },
    clause: clauses.tools
};

/** Opens a session and initializes it; fails unless the server has the tools. Returns the session and what it lists. */
export async function openWithTools(attempt: Attempt, ...names: string[]) {
    const session = await openReady(attempt);
    const tools = await listTools(attempt, session);
    const missing = names.find(name => !tools.some(tool => tool?.name === name));
    if (missing !== undefined) throw attempt.failure(hasNoTool(missing, tools));
    for (const tool of tools.filter(tool => names.includes(tool?.name))) {
        const named = Object.keys(tool.inputSchema?.properties ?? {});
        const lost = ARGUMENTS[tool.name]?.find(name => !named.includes(name));
        // Without any named argument, the schema is what is missing; another check says so.
        if (lost !== undefined && named.length > 0) throw attempt.failure(hasNoArgument(tool.name, lost, named));
    }
    return { session, tools };
}

/** The arguments of the tools that checks call. */
const ARGUMENTS: Record<string, string[]> = { add: ['a', 'b'], echo: ['message'], server_time: ['timezone'] };

const hasNoArgument = (tool: string, argument: string, named: string[]): FailureDetails => ({
    received: {
        en: `\`${tool}\` has no argument \`${argument}\`; its arguments are: ${named.join(', ')}`,
        fr: `\`${tool}\` n'a pas d'argument \`${argument}\` ; ses arguments : ${named.join(', ')}`
    },
    expected: { en: `an argument named \`${argument}\``, fr: `un argument nommé \`${argument}\`` },
    clause: clauses.tools,
    next: {
        en: `Call the argument \`${argument}\` in the inputSchema of \`${tool}\`: clients use this name.`,
        fr: `Appelez l'argument \`${argument}\` dans l'inputSchema de \`${tool}\` : les clients emploient ce nom.`
    }
});

/** Says that a tool is not listed, and which tools are. */
export function noTool(name: string, tools: readonly (ListedTool | null)[]): Text {
    const known = tools.map(tool => tool?.name).join(', ') || '-';
    return { en: `no tool \`${name}\`; the tools are: ${known}`, fr: `pas d'outil \`${name}\` ; outils : ${known}` };
}

const hasNoTool = (name: string, tools: readonly ListedTool[]): FailureDetails => ({
    received: noTool(name, tools),
    expected: { en: `a tool \`${name}\` in the list`, fr: `un outil \`${name}\` dans la liste` },
    clause: clauses.tools,
    next: {
        en: `Register a tool named \`${name}\` on the server of each session.`,
        fr: `Enregistrez un outil nommé \`${name}\` sur le serveur de chaque session.`
    }
});

/**
 * Calls a tool and returns the reply, whatever it says.
 *
 * @param late what a failure says if no reply comes in time.
 */
export async function callTool(
    attempt: Attempt,
    session: McpSession,
    name: string,
    args: object,
    late?: Omit<FailureDetails, 'received'>
): Promise<Reply> {
    try {
        return await session.request('tools/call', { name, arguments: args });
    } catch (error) {
        if (!late || !(error instanceof CheckFailure) || error.status !== 'timeout') throw error;
        throw attempt.timeout({ received: nothingFor(attempt.limitMs), ...late });
    }
}

/**
 * The text of a result, or undefined if the reply is an error or has no text.
 *
 * @param reply what a call was answered with.
 */
export function textOf({ result }: Reply): string | undefined {
    if (!Array.isArray(result?.content) || result.isError) return undefined;
    const content = result.content.find((item: Unchecked) => item?.type === 'text');
    return typeof content?.text === 'string' ? content.text : undefined;
}

/** Whether a text is the message; frameworks wrap it, so that a member of a JSON object may be the message too. */
export function carries(text: string | undefined, message: string): boolean {
    return text === message || Object.values(parse(text ?? '') ?? {}).includes(message);
}

/** What a refused call says, in either of the two ways; undefined if the call was not refused. */
export function refusalOf({ error, result }: Reply): string | undefined {
    if (error) return `${error.message} ${JSON.stringify(error.data ?? '')}`;
    if (result?.isError !== true) return undefined;
    // In JSON, a line end before a name would look like a part of the name.
    const items: { text?: unknown }[] = [result.content ?? ''].flat();
    return items.map(item => String(item?.text ?? JSON.stringify(item))).join('\n');
}
