import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type LearnerProcess, lastWords, Unreachable } from '@calc/grader';

/** Everything a program may print before the oldest is forgotten, in characters. */
const MAX_OUTPUT = 64 * 1024;

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** A process of the learner, which must be stopped in the end. */
export interface StartedProcess extends LearnerProcess, AsyncDisposable {
    /** Ends the process and waits for its end: SIGTERM first, SIGKILL after two seconds. */
    stop(): Promise<void>;
}

/** Processes that still run. None outlives this one, even when it ends at a second Ctrl-C. */
const children = new Set<ChildProcess>();
process.on('exit', () => {
    for (const child of children) child.kill('SIGKILL');
});

/** Starts a TypeScript file with node, as the README of each lesson does. It needs no build. */
export function startProcess(file: string, args: string[] = [], env: Record<string, string> = {}): StartedProcess {
    const loader = ['--import', import.meta.resolve('tsx'), '--conditions=@calc/source'];
    return startProgram(process.execPath, [...loader, file, ...args], env);
}

/** Starts any program, without a shell. */
export function startProgram(program: string, args: string[], env: Record<string, string>): StartedProcess {
    const child = spawn(program, args, {
        cwd: root,
        // With NODE_ENV=test, Express does not print the errors that a learner must see.
        env: { ...process.env, NODE_ENV: 'development', ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
        windowsHide: true
    });
    children.add(child);
    let output = '';
    let stdout = '';
    let hasEnded = false;
    let stoppedOnPurpose = false;
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        stdout = (stdout + chunk).slice(-MAX_OUTPUT);
        output = (output + chunk).slice(-MAX_OUTPUT);
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
        output = (output + chunk).slice(-MAX_OUTPUT);
    });
    const ended = once(child, 'close').then(([code]: (number | null)[]) => {
        hasEnded = true;
        children.delete(child);
        return code ?? null;
    });
    const kill = (signal?: NodeJS.Signals) => {
        stoppedOnPurpose = true;
        child.kill(signal);
    };
    const stop = async () => {
        if (!hasEnded) kill();
        const timer = setTimeout(() => child.kill('SIGKILL'), 2000);
        await ended;
        clearTimeout(timer);
    };
    return {
        get output() {
            return output;
        },
        get stdout() {
            return stdout;
        },
        get hasEnded() {
            return hasEnded;
        },
        get stoppedOnPurpose() {
            return stoppedOnPurpose;
        },
        ended,
        kill,
        stop,
        [Symbol.asyncDispose]: stop
    };
}

/**
 * Waits until the process listens on the port.
 *
 * @throws Unreachable if it ends first, or if nothing listens after `limitMs` milliseconds.
 */
export async function listening(started: LearnerProcess, port: number, limitMs = 20_000): Promise<void> {
    const deadline = Date.now() + limitMs;
    while (!started.hasEnded && Date.now() < deadline) {
        if (await accepts(port)) return;
        await Promise.race([started.ended, new Promise(resolve => setTimeout(resolve, 30))]);
    }
    const printed = lastWords(started.output);
    if (started.hasEnded) {
        throw new Unreachable({
            en: `the server ended before it listened on port ${port}\n${printed}`,
            fr: `le serveur s'est arrêté avant d'écouter sur le port ${port}\n${printed}`
        });
    }
    throw new Unreachable({
        en: `nothing listens on port ${port} after ${limitMs / 1000} s: read PORT from process.env; if this machine is busy, check again`,
        fr: `rien n'écoute sur le port ${port} après ${limitMs / 1000} s : lisez PORT dans process.env ; si cette machine est occupée, vérifiez encore`
    });
}

function accepts(port: number): Promise<boolean> {
    return new Promise(resolve => {
        const socket = connect(port, 'localhost');
        socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
        socket.on('connect', () => socket.destroy());
    });
}
