import { readdirSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answers, MemoryUse, Message, PushRequest, PushResult, Question, ResourceUse } from '../questions.ts';

const SAMPLE_MS = 10;
const GC_PASSES = 4;

/** Listens on a free port of 127.0.0.1 and tells which. */
export function listen(server: Server): Promise<number> {
    return new Promise(resolve => {
        server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
}

/** Tells the parent the port, answers its questions, and ends with it. */
export function serve(port: number, push?: (request: PushRequest) => Promise<PushResult>): void {
    const answers = createAnswers(push);
    process.on('disconnect', () => process.exit());
    process.on('message', async ({ number, name, push: request }: Question) => {
        try {
            tell({ number, answer: await answers[name](request) });
        } catch (error) {
            tell({ number, error: String(error) });
        }
    });
    tell({ port });
}

type Answerers = { [Name in keyof Answers]: (push?: PushRequest) => Answers[Name] | Promise<Answers[Name]> };

function createAnswers(push?: (request: PushRequest) => Promise<PushResult>): Answerers {
    let peak: MemoryUse = { heapUsed: 0, external: 0, rss: 0 };
    let sampling: NodeJS.Timeout | undefined;
    const sample = () => {
        const { heapUsed, external, rss } = process.memoryUsage();
        peak = {
            heapUsed: Math.max(peak.heapUsed, heapUsed),
            external: Math.max(peak.external, external),
            rss: Math.max(peak.rss, rss)
        };
    };
    return {
        cpu: () => {
            const { user, system } = process.cpuUsage();
            return user + system;
        },
        memory: measureMemory,
        resources: countResources,
        watchPeak: async () => {
            peak = await measureMemory();
            sampling = setInterval(sample, SAMPLE_MS);
            return peak;
        },
        peak: () => {
            sample();
            clearInterval(sampling);
            return peak;
        },
        push: request => {
            if (!push || !request) throw new Error('this server has nothing to push');
            return push(request);
        }
    };
}

async function measureMemory(): Promise<MemoryUse> {
    // One pass leaves what finalizers and weak references let go only afterwards.
    for (let pass = 0; pass < GC_PASSES; pass++) {
        globalThis.gc?.();
        await sleep(20);
    }
    const { heapUsed, external, rss } = process.memoryUsage();
    return { heapUsed, external, rss };
}

function countResources(): ResourceUse {
    const active = process.getActiveResourcesInfo();
    const timers = active.filter(type => type === 'Timeout').length;
    return { files: countFiles(), timers, handles: active.length - timers };
}

function countFiles(): number | null {
    try {
        return readdirSync('/proc/self/fd').length;
    } catch {
        return null;
    }
}

function tell(message: Message): void {
    process.send?.(message);
}
