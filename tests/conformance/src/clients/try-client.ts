import { tools as calculatorTools } from '@calc/tools';
import { GOOD, toBadCell } from '../cell.ts';
import type { Attempt } from './attempt.ts';
import type { Generation } from './clients.ts';
import { openTap } from './tap.ts';

const TOOLS = calculatorTools.map(({ name }) => name).join(', ');

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
        return toBadCell(error);
    }
}
