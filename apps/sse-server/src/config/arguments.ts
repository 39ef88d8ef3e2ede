import { quoteArgument } from '@calc/tools/settings';
import { ConfigError } from './config-error.ts';

/**
 * Reads the command line. Settings are environment variables, and `names` are their names.
 *
 * @throws {ConfigError} with code `bad-argument`, naming the variable to set instead.
 */
export function parseArguments(args: readonly string[], names: readonly string[]): 'help' | 'serve' {
    const [first] = args;
    if (first === undefined) return 'serve';
    if (args.includes('--help') || args.includes('-h')) return 'help';
    // The error leaves out what follows the name, which may be a token.
    const [name = ''] = first.split('=');
    const variable = name.replace(/^-+/, '').replaceAll('-', '_').toUpperCase();
    const example = names.includes(variable) ? variable : 'PORT';
    throw new ConfigError(
        'bad-argument',
        `The argument ${quoteArgument(name)} is not known; settings are environment variables, as in ${example}=… npm start (--help lists them)`
    );
}
