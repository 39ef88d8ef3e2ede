// P4: a call whose process is killed is run again, or answered with an error that says that the outcome is unknown.
import type { Cluster } from '../cluster/cluster.ts';
import type { ServerProcess } from '../cluster/server-process.ts';
import { judgeCalls } from '../judge/judge-calls.ts';
import { createRecorder, type Fact } from '../judge/record.ts';
import { type ClientSession, openClientSession } from '../load/client-session.ts';
import { ALICE } from '../systems.ts';
import { received } from '../wait.ts';
import { type Outcome, passedIf } from './promise.ts';

const TOOLS = ['slow-read', 'slow-write'] as const;
type Tool = (typeof TOOLS)[number];
type Reply = Awaited<ReturnType<ClientSession['call']>>;
const REPLY_MS = 20_000;
const UNKNOWN = /unknown|not known/i;

/** @param cluster whose servers have the slow tools. */
export async function probeTakeOver(cluster: Cluster, rounds: number): Promise<Outcome> {
    const problems: string[] = [];
    const killed = new Set<ServerProcess>();
    const counts = { 'slow-read': { answered: 0, runs: 0 }, 'slow-write': { answered: 0, runs: 0 } };
    const runs = new Map<string, number>();
    for (const server of cluster.servers) {
        server.onLine(line => {
            const [, run] = /^run (.+)/.exec(line) ?? [];
            if (run === undefined) return;
            const count = (runs.get(run) ?? 0) + 1;
            runs.set(run, count);
            if (count > 1) return;
            // The first run is killed in the middle.
            killed.add(server);
            server.signal('SIGKILL');
        });
    }
    let number = 0;
    for (const path of ['/sse', '/mcp'] as const) {
        for (const tool of TOOLS) {
            for (let round = 0; round < rounds; round++) {
                const recorder = createRecorder();
                const session = await openClientSession({
                    url: cluster.balancer.url,
                    path,
                    name: `${path} ${tool} ${round}`,
                    token: ALICE,
                    recorder,
                    nextNumber: () => ++number
                });
                const reply = await received(session.call(tool), REPLY_MS);
                const ran = runs.get(`${tool} chaos ${number}`) ?? 0;
                counts[tool].runs += ran;
                if (reply && !('error' in reply && reply.error.includes('timed out'))) counts[tool].answered++;
                const found = [...findProblems(tool, reply, ran), ...findProblemsOnWire(recorder.facts)];
                problems.push(...found.map(problem => `${path} ${tool}: ${problem}`));
                await received(session.close(), 1000);
                await restart(killed);
            }
        }
    }
    const each = 2 * rounds;
    const measured = [
        `${2 * each} calls whose process was killed: \`slow-read\` answered ${counts['slow-read'].answered} of ${each} with ${counts['slow-read'].runs} runs, \`slow-write\` answered ${counts['slow-write'].answered} of ${each} with ${counts['slow-write'].runs} runs`,
        ...new Set(problems)
    ];
    return passedIf(problems.length === 0, measured.join('; '));
}

/** @param ran how often the tool ran. */
export function findProblems(tool: Tool, reply: Reply | undefined, ran: number): string[] {
    if (!reply) return ['silence'];
    const error = 'error' in reply ? reply.error : undefined;
    if (tool === 'slow-read') {
        const runs = `ran ${ran} ${ran === 1 ? 'time' : 'times'}: no takeover was measured`;
        return [...(error === undefined ? [] : [error.slice(0, 120)]), ...(ran < 2 ? [runs] : [])];
    }
    return [
        ...(error === undefined ? [`said that it ran, ${ran} times`] : []),
        ...(error !== undefined && !UNKNOWN.test(error) ? [error.slice(0, 120)] : []),
        ...(ran > 1 ? [`ran ${ran} times`] : [])
    ];
}

function findProblemsOnWire(facts: readonly Fact[]): string[] {
    const { lost, twice } = judgeCalls(facts);
    return [
        ...(lost.length > 0 ? ['accepted, and the server never replied'] : []),
        ...(twice.length > 0 ? ['two replies'] : [])
    ];
}

/** Starts what was killed. */
async function restart(killed: Set<ServerProcess>): Promise<void> {
    await Promise.all(
        Array.from(killed, async server => {
            await server.ended();
            await server.start();
        })
    );
    killed.clear();
}
