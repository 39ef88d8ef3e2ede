import { parseArgs } from 'node:util';
import { type PromiseName, promiseNames } from './promises/list.ts';
import { type SystemName, systemNames } from './systems.ts';

export interface Options {
    system: SystemName;
    seed: number;
    seconds: number;
    sessions: number;
    /** Sessions of the measurement of connections and memory, besides 1 and 100. */
    idleSessions: number;
    /** Whether to write the table into docs/chaos.md. */
    write: boolean;
    /** The promises to measure; those that need the load are P1, P3 and P10. */
    only: readonly PromiseName[];
}

/** The command line cannot be used. */
export class UsageError extends Error {
    override name = 'UsageError';
}

export const USAGE = `npm run chaos -- [--system ${systemNames.join('|')}] [--seed N] [--seconds 120] [--sessions 200]
    [--idle-sessions 10000] [--only P1,P7] [--write] [--help]`;

/** @throws {UsageError} with what is wrong, and the usage. */
export function parseOptions(args: string[]): Options | 'help' {
    try {
        const { values } = parseArgs({
            args,
            options: {
                system: { type: 'string', default: 'redis' },
                seed: { type: 'string', default: '1' },
                seconds: { type: 'string', default: '120' },
                sessions: { type: 'string', default: '200' },
                'idle-sessions': { type: 'string', default: '0' },
                only: { type: 'string', default: '' },
                write: { type: 'boolean', default: false },
                help: { type: 'boolean', default: false }
            }
        });
        if (values.help) return 'help';
        const system = systemNames.find(name => name === values.system);
        if (!system)
            throw new Error(
                `--system is ${JSON.stringify(values.system)}; it must be one of ${systemNames.join(', ')}`
            );
        return {
            system,
            seed: toNumber('--seed', values.seed, 0),
            seconds: toNumber('--seconds', values.seconds, 1),
            sessions: toNumber('--sessions', values.sessions, 1),
            idleSessions: toNumber('--idle-sessions', values['idle-sessions'], 0),
            only: values.only === '' ? [] : values.only.split(',').map(toPromiseName),
            write: values.write
        };
    } catch (error) {
        throw new UsageError(`${error instanceof Error ? error.message : error}\nUsage: ${USAGE}`, { cause: error });
    }
}

function toPromiseName(text: string): PromiseName {
    const promise = promiseNames.find(name => name === text);
    if (!promise) throw new Error(`--only has ${JSON.stringify(text)}; the promises are P1 to P${promiseNames.length}`);
    return promise;
}

function toNumber(name: string, text: string, min: number): number {
    const number = Number(text);
    if (!Number.isInteger(number) || number < min)
        throw new Error(`${name} is ${text}; it must be a number from ${min}`);
    return number;
}
