import { usageError } from '../errors/cli-error.ts';
import { formatJson } from '../output/format.ts';
import { toOneLine } from '../output/screen.ts';
import { type AddCommand, examples } from './command.ts';
import { requireCapability } from './require-capability.ts';

/** `complete`: prints the completions of an argument, one a line or as JSON. */
export const addComplete: AddCommand = (program, run) => {
    program
        .command('complete')
        .description('Complete an argument of a prompt, or a variable of a resource template.')
        .argument('<name>', 'name of the prompt, or the template')
        .argument('<argument>', 'name=beginning of the value')
        .argument('[others...]', 'name=value of other arguments that are known')
        .addHelpText(
            'after',
            examples('complete what-time-is-it timezone=Eur', `complete 'joke://built-in/{number}' number=1`)
        )
        .action((name: string, word: string, others: string[]) =>
            run(async ({ connection, json }) => {
                requireCapability(connection, 'completions');
                const [argumentName, value] = split(word);
                const known = Object.fromEntries(others.map(split));
                const { completion } = await connection.request('completion/complete', (client, options) =>
                    client.complete(
                        {
                            // A template begins with the scheme of a URI (RFC 3986, section 3.1); the name of a prompt does not.
                            ref: /^[a-z][a-z\d+.-]*:/i.test(name)
                                ? { type: 'ref/resource', uri: name }
                                : { type: 'ref/prompt', name },
                            argument: { name: argumentName, value },
                            ...(others.length > 0 && { context: { arguments: known } })
                        },
                        options
                    )
                );
                if (json) return formatJson(completion);
                return completion.values.length > 0 ? completion.values.map(toOneLine).join('\n') : undefined;
            })
        );
};

function split(word: string): [name: string, value: string] {
    const at = word.indexOf('=');
    if (at < 1) throw usageError(`arguments are written name=value, got ${JSON.stringify(word)}`);
    return [word.slice(0, at), word.slice(at + 1)];
}
