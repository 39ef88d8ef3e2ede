import type { ResolvedOptions } from '../../server/options.ts';
import { skipSecondCheck } from '../../server/session/skip-second-check.ts';
import { fromEnvelope } from './envelope.ts';
import type { OwnedSession } from './owned-session.ts';
import type { StateOfSession } from './session-state.ts';

/**
 * Makes the MCP server of a session. If its former server was in another process, the new one gets `initialize` and all
 * that sets a state again, and its replies are dropped. Rejects if `createServer` or `connect` fails.
 */
export async function rebuildServer(
    options: ResolvedOptions,
    session: OwnedSession,
    { initialize, authInfo, settings }: StateOfSession
): Promise<void> {
    const server = await options.createServer(session);
    await server.connect(session);
    skipSecondCheck(server, session);
    if (!initialize) return;
    await session.replay(initialize, authInfo ? { authInfo } : {});
    await session.replay({ jsonrpc: '2.0', method: 'notifications/initialized' }, {});
    for (const setting of settings) {
        const { parsed, extra } = fromEnvelope(setting);
        if (parsed.kind === 'message') await session.replay(parsed.message, extra);
    }
}
