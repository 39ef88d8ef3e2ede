import type { Attempt } from './attempt.ts';
import type { Generation } from './clients.ts';
import { openTap } from './tap.ts';

export const GOOD = '✓';

const TOOLS = 'add, echo, server_time, random-joke';
const LONGEST_REASON = 120;

/** Lets a client connect in one way, and says in a cell's words how that went. */
export async function tryClient(attempt: Attempt, { path, versions }: Generation, serverUrl: string): Promise<string> {
    await using tap = await openTap(serverUrl);
    try {
        const { tools, sum, version = tap.version } = await attempt(`${tap.url}${path ?? ''}`);
        if (tools.join(', ') !== TOOLS) return `✗ listed ${tools.join(', ') || 'no tools'}`;
        if (sum !== 5) return `✗ 2 + 3 gave ${sum}`;
        if (version === undefined || !versions.test(version)) return `✗ negotiated ${version ?? 'no version'}`;
        return `${GOOD} ${version}`;
    } catch (error) {
        const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
        return `✗ ${reason.slice(0, LONGEST_REASON).replaceAll('|', '/')}`;
    }
}
