import { CheckFailure, type FailureDetails } from '../check.ts';
import type { Random } from '../random.ts';
import type { Script } from '../scripted-server/script.ts';
import { ScriptedServer } from '../scripted-server/scripted-server.ts';
import type { ClientTarget, LearnerProcess } from '../target.ts';

/** How long a client may take from its start to its first request, in milliseconds; TypeScript starts slowly. */
const MAX_START_MS = 15_000;

/** How many time limits a client may take in all, if it sends requests all the time. */
const MAX_LIMITS = 4;

/** One call that a client is given, and what the server sees and answers. */
export interface PlannedCall {
    /** As the command line has it, such as `add a=2 b=3`. */
    word: string;
    tool: string;
    args: Record<string, unknown>;
    /** The text of the result, which the client can know only from the reply. */
    text: string;
}

/** A plan of a run: the calls of the command line, and what the server does. */
export interface Plan {
    calls: PlannedCall[];
    script: Script;
}

/** What came of one run of a client. */
export interface ClientRun {
    calls: PlannedCall[];
    /** The command line, as a report shows it. */
    command: string;
    /** The lines on standard output that are not empty. */
    lines: string[];
    /** All that it printed. */
    output: string;
    /** Null if it had to be stopped, or a signal ended it. */
    exitCode: number | null;
    /** Whether it was stopped, since it sent nothing more and did not end. */
    stopped: boolean;
    /** The server, closed, with what it saw. */
    server: ScriptedServer;
}

/** Runs of the client that several checks look at, by name: each takes a second or more. */
export type ClientRuns = Map<string, Promise<ClientRun>>;

/** One run of one check on a command line client. */
export class ClientAttempt {
    readonly random: Random;
    /** Time limit of each wait, in milliseconds. */
    readonly limitMs: number;
    lastSent = '';
    readonly #target: ClientTarget;
    readonly #runs: ClientRuns;

    constructor(target: ClientTarget, random: Random, limitMs: number, runs: ClientRuns) {
        this.#target = target;
        this.random = random;
        this.limitMs = limitMs;
        this.#runs = runs;
    }

    /**
     * Runs the client until it ends or does nothing more.
     *
     * @param name a run with the same name happens once, however many checks ask for it.
     */
    async run(name: string, makePlan: () => Plan): Promise<ClientRun> {
        const run = this.#runs.get(name) ?? this.#start(makePlan());
        this.#runs.set(name, run);
        const result = await run;
        this.lastSent = result.command;
        return result;
    }

    /** The error to throw where the client did something wrong. */
    failure(details: FailureDetails, status: 'fail' | 'timeout' = 'fail'): CheckFailure {
        return new CheckFailure({ sent: this.lastSent, ...details }, status);
    }

    close(): void {
        // Each run ends its process and its server itself.
    }

    async #start({ script, calls }: Plan): Promise<ClientRun> {
        const server = new ScriptedServer(script);
        await server.listen();
        const client = this.#target.start([server.url, ...calls.map(({ word }) => word)]);
        const stopped = !(await endOf(client, server, this.limitMs));
        if (stopped) client.kill();
        const exitCode = await client.ended;
        await server.close();
        const command = ['client', server.url, ...calls.map(({ word }) => `"${word}"`)].join(' ');
        const lines = client.stdout.split(/\r?\n/).filter(line => line.trim() !== '');
        return { calls, command, lines, output: client.output, exitCode, stopped, server };
    }
}

/** Waits for the end of the client; returns false if it neither ends nor sends anything within the limit. */
async function endOf(client: LearnerProcess, server: ScriptedServer, limitMs: number): Promise<boolean> {
    const started = Date.now();
    const ended = client.ended.then(() => true);
    await Promise.race([ended, server.until(() => server.seen.length > 0, MAX_START_MS)]);
    // A machine on which a client starts slowly also ends it slowly.
    const patience = limitMs + Date.now() - started;
    const deadline = Date.now() + MAX_LIMITS * patience;
    for (let seen = -1; seen !== server.seen.length && Date.now() < deadline; ) {
        seen = server.seen.length;
        await Promise.race([ended, server.until(() => server.seen.length > seen, patience)]);
        if (client.hasEnded) return true;
    }
    return client.hasEnded;
}
