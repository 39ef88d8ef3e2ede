/** What a client got when it listed the tools and had 2 and 3 added. */
export interface Answer {
    tools: string[];
    sum: unknown;
    /** The protocol version, where the client tells it. */
    version?: string | undefined;
}

/** Lets one client connect, list the tools and call `add`; rejects with the client's own error. */
export type Attempt = (url: string) => Promise<Answer>;

interface Tools {
    listTools(): Promise<{ tools: { name: string }[] }>;
    callTool(call: { name: string; arguments: Record<string, unknown> }): Promise<object>;
}

/** Does both with a client of either generation of the SDK that has connected. */
export async function ask(client: Tools): Promise<Answer> {
    const { tools } = await client.listTools();
    const result = await client.callTool({ name: 'add', arguments: { a: 2, b: 3 } });
    return { tools: tools.map(({ name }) => name), sum: toSum(result) };
}

/** The sum in the result of a call of `add`. */
export function toSum(result: unknown): unknown {
    return Object(Object(result).structuredContent).sum;
}
