/** What the command line asks for; a string is the reason why it cannot be understood. */
export type Command = 'help' | 'serve' | { problem: string };

/** Reads the arguments; settings are environment variables, of which `names` are the names. */
export function parseArguments(args: readonly string[], names: readonly string[]): Command {
    const [first] = args;
    if (first === undefined) return 'serve';
    if (args.includes('--help') || args.includes('-h')) return 'help';
    // What follows the name may be a token.
    const [name = ''] = first.split('=');
    const variable = name.replace(/^-+/, '').replaceAll('-', '_').toUpperCase();
    const example = names.includes(variable) ? variable : 'PORT';
    const shown = JSON.stringify(name.slice(0, 40));
    return {
        problem: `The argument ${shown} is not known; settings are environment variables, as in ${example}=… npm start (--help lists them)`
    };
}
