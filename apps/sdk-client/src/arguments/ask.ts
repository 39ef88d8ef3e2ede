import { confirm, isCancel, select, text } from '@clack/prompts';
import { CliError } from '../errors/cli-error.ts';
import type { Io } from '../output/io.ts';
import { toOneLine } from '../output/screen.ts';
import { coerce, toText } from './coerce.ts';
import { findMissing, type ToolShape } from './parse-arguments.ts';
import { choicesOf, type Schema, schemaOf, typesOf } from './schema.ts';

/**
 * Asks for each missing argument on stderr, because stdout is for the answer.
 *
 * @throws {CliError} with code `interrupted` if the user interrupts.
 */
export async function askForMissing(
    values: Map<string, unknown>,
    tool: ToolShape,
    { terminal, signal }: Pick<Io, 'terminal' | 'signal'>
): Promise<void> {
    for (const name of findMissing(values, tool)) {
        const schema = schemaOf(tool.inputSchema, name) ?? {};
        const answer = await ask({ name, schema, root: tool.inputSchema }, { ...terminal, signal });
        if (isCancel(answer)) throw new CliError('interrupted', 'interrupted');
        values.set(name, typeof answer === 'string' ? coerce(name, answer, schema, tool.inputSchema) : answer);
    }
}

interface Question {
    name: string;
    schema: Schema;
    root: Schema;
}

function ask({ name, schema, root }: Question, io: object): Promise<string | boolean | symbol> {
    const { description } = schema;
    const message = toOneLine(typeof description === 'string' ? `${name}: ${description}` : name);
    const choices = choicesOf(schema, root);
    if (choices && choices.length > 0) {
        const options = choices.map(toText).map(value => ({ value, label: toOneLine(value) }));
        return select<string>({ ...io, message, options });
    }
    const types = typesOf(schema, root);
    if (types.length === 1 && types[0] === 'boolean') return confirm({ ...io, message });
    return text({ ...io, message, validate: (answer = '') => findMistake({ name, schema, root }, answer) });
}

/** Returns why an answer is invalid; undefined if it is valid. */
function findMistake({ name, schema, root }: Question, answer: string): string | undefined {
    try {
        coerce(name, answer, schema, root);
        return undefined;
    } catch (error) {
        if (error instanceof CliError) return toOneLine(error.message);
        throw error;
    }
}
