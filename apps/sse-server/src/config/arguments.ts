import { quoteArgument } from '@calc/tools/settings';
import { ConfigError } from './config-error.ts';
import { variables } from './variables.ts';

/** What the command line asks for. `workers` replaces the variable `WORKERS`. */
export type Command = { name: 'help' } | { name: 'serve'; workers?: string };

/**
 * Reads the command line. Settings are environment variables; only `--workers` is an argument as well.
 *
 * @throws {ConfigError} with code `bad-argument`, naming the variable to set instead.
 */
export function parseArguments(args: readonly string[]): Command {
    const [first, second] = args;
    if (first === undefined) return { name: 'serve' };
    if (args.includes('--help') || args.includes('-h')) return { name: 'help' };
    // The error leaves out what follows the name, which may be a token.
    const [name = '', ...values] = first.split('=');
    if (name !== '--workers') throw unknownArgument(name);
    const isJoined = values.length > 0;
    const workers = isJoined ? values.join('=') : second;
    const { expected, parse } = variables.WORKERS.kind;
    if (workers === undefined || parse(workers) === undefined) {
        const got = workers === undefined ? '' : `, got ${quoteArgument(workers)}`;
        throw new ConfigError('bad-argument', `--workers must be followed by ${expected}${got}`);
    }
    const extra = args[isJoined ? 1 : 2];
    if (extra !== undefined) throw unknownArgument(extra.split('=', 1)[0] ?? '');
    return { name: 'serve', workers };
}

function unknownArgument(name: string): ConfigError {
    const variable = name.replace(/^-+/, '').replaceAll('-', '_').toUpperCase();
    const example = variable in variables ? variable : 'PORT';
    return new ConfigError(
        'bad-argument',
        `The argument ${quoteArgument(name)} is not known; settings are environment variables, as in ${example}=… npm start (--help lists them)`
    );
}
