import { type Client, type ClientMessage, createCaller } from './caller.ts';
import type { Exercise } from './exercise.ts';
import type { PostPool } from './http/post-pool.ts';
import { createLedger } from './ledger.ts';
import { exchange } from './streamable.ts';

export interface StatelessOptions {
    /** Makes the tasks of this client its own. */
    index: number;
    pool: PostPool;
    exercise?: Exercise;
}

const PROTOCOL_VERSION = '2026-07-28';

/** What the client says about itself in each request, since the server keeps no session. */
const META = {
    'io.modelcontextprotocol/protocolVersion': PROTOCOL_VERSION,
    'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1.0.0' },
    'io.modelcontextprotocol/clientCapabilities': {}
};

/** A client of the revision without sessions (2026-07-28) that checks whatever comes. */
export function createStatelessClient({ index, pool, exercise }: StatelessOptions): Client {
    const ledger = createLedger(`client ${index}`);
    const post = async (message: ClientMessage) => {
        const { method, params } = message;
        await exchange({
            pool,
            ledger,
            headers: {
                'MCP-Protocol-Version': PROTOCOL_VERSION,
                'Mcp-Method': method,
                ...(params?.name !== undefined && { 'Mcp-Name': params.name })
            },
            message: { ...message, params: { ...params, _meta: META } }
        });
    };
    return {
        ...createCaller({ index, ledger, exercise, post }),
        // This revision begins with the first call.
        initialize: async () => {},
        destroy: () => {}
    };
}
