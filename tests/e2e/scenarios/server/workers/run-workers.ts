import { type RunningProcess, runNode, serverMain } from '@calc/test-helpers';

/** A server of several worker processes on a free port. */
export interface RunningWorkers extends RunningProcess {
    url: string;
    /** The id of the process with that number. */
    pidOf(worker: number): number;
    /** The numbers of all workers that have started so far. */
    readonly started: number[];
}

/** Starts the server as it is built, with that many workers. */
export async function runWorkers(count: number, env: Record<string, string> = {}): Promise<RunningWorkers> {
    const server = runNode(serverMain, ['--workers', String(count)], { PORT: '0', ...env });
    const [, url = ''] = await server.printed(/^HTTP\+SSE +(http\S+)\/sse$[\s\S]*^Workers +\d+$/m);
    const pids = () => [...server.log.matchAll(/"worker":(\d+),"pid":(\d+),"msg":"worker started"/g)];
    // The start lines are on another pipe than the log.
    await server.logged(new RegExp(`(?:worker started[\\s\\S]*){${count}}`));
    return Object.defineProperties(
        {
            ...server,
            url,
            pidOf: (worker: number) => Number(pids().find(([, number]) => Number(number) === worker)?.[2]),
            started: [] as number[],
            log: ''
        },
        {
            log: { get: () => server.log },
            started: { get: () => pids().map(([, number]) => Number(number)) }
        }
    );
}

/** The number of the worker that holds a session: the last four digits of its id. */
export function holderOf(sessionId: string): number {
    return Number.parseInt(sessionId.slice(-4), 16);
}

/** Opens sessions, one after another, until each of the workers holds one: the system chooses which worker accepts a connection. */
export async function openAtEach<Session extends { sessionId: string }>(
    workers: number,
    open: () => Promise<Session>
): Promise<Session[]> {
    const sessions: Session[] = [];
    const holders = new Set<number>();
    while (holders.size < workers) {
        const session = await open();
        sessions.push(session);
        holders.add(holderOf(session.sessionId));
    }
    return sessions;
}

/** Whether a process runs. */
export function isRunning(pid: number): boolean {
    try {
        return process.kill(pid, 0);
    } catch {
        return false;
    }
}
