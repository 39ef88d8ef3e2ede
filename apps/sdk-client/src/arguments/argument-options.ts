import type { Command } from 'commander';

/** The words and the options of a command that takes arguments. */
export interface ArgumentOptions {
    args?: string[];
}

/** Adds the option `--args`, which may be given more than once, and explains in the help how arguments are written. */
export function addArgumentOptions(command: Command): Command {
    const collect = (json: string, before: readonly string[] = []) => [...before, json];
    return command
        .option('--args <json>', 'arguments as a JSON object, as @file, or - for standard input', collect)
        .addHelpText('after', argumentHelp);
}

const argumentHelp = `
How arguments are written:
  name=value     converted to the type in the schema; write arrays and objects in JSON
  name:=json     JSON, without a look at the schema
  @file and -    as a value: the content of a file, or of standard input
  --args <json>  several at once; a later --args overrides an earlier one, and name=value overrides both
On a terminal the client asks for missing arguments.`;
