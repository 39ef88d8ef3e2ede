/** A client that has connected. */
export interface Caller extends AsyncDisposable {
    /** Calls a tool; rejects with the client's own error. */
    call(name: string, args: Record<string, unknown>): Promise<unknown>;
}

/** A client, over one transport: a row of the table. */
export interface BreakableClient {
    name: string;
    path: '/sse' | '/mcp';
    open(url: string): Promise<Caller>;
}
