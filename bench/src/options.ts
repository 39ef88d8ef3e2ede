import { parseArgs } from 'node:util';
import { BenchError } from './errors.ts';

export interface Options {
    /** The sections to run, in this order. */
    sections: readonly string[];
    quick: boolean;
    json: boolean;
    /** Where to write the chart, if anywhere. */
    svg: string | undefined;
}

/**
 * Reads the command line: names of sections, `--quick`, `--json`, `--svg PATH`. Where none is named, all are meant but
 * those that run `onlyWhenNamed`.
 *
 * @throws {BenchError} `usage` for what it does not know.
 */
export function parseOptions(args: string[], known: readonly string[], onlyWhenNamed: readonly string[]): Options {
    try {
        const { values, positionals } = parseArgs({
            args,
            allowPositionals: true,
            options: { quick: { type: 'boolean' }, json: { type: 'boolean' }, svg: { type: 'string' } }
        });
        const unknown = positionals.find(name => !known.includes(name));
        if (unknown !== undefined) throw new Error(`There is no section "${unknown}"`);
        return {
            sections: positionals.length > 0 ? positionals : known.filter(name => !onlyWhenNamed.includes(name)),
            quick: values.quick ?? false,
            json: values.json ?? false,
            svg: values.svg
        };
    } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        const usage = `npm run bench -- [${known.join('] [')}] [--quick] [--json] [--svg PATH]`;
        const exception = `Without a name all run but ${new Intl.ListFormat('en').format(onlyWhenNamed)}.`;
        throw new BenchError('usage', `${problem}\nUsage: ${usage}\n${exception}`, { cause: error });
    }
}
