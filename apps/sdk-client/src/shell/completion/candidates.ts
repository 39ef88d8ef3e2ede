import { toText } from '../../arguments/coerce.ts';
import { choicesOf, type Schema, schemaOf, typesOf } from '../../arguments/schema.ts';
import { type Candidate, fitting } from './candidate.ts';
import type { Known, KnownCommand, ValueRequest } from './known.ts';
import { completeUri } from './uri-candidates.ts';

/** The word to complete, with the words before and after it. */
export interface Position {
    earlier: readonly string[];
    typed: string;
    later: readonly string[];
}

/** Finds all completions of a word, depending on what the command takes at its position. */
export async function findCandidates({ earlier, typed, later }: Position, known: Known): Promise<Candidate[]> {
    const { command, positionals, option } = findPlace(earlier, known.commands);
    if (option?.choices.length) return startingWith(typed, option.choices);
    if (option) return option.name === '--args' ? completeFile('', typed, known) : [];
    if (typed.startsWith('-')) {
        const given = new Set([...earlier, ...later]);
        const left = (command?.options ?? []).filter(({ name }) => !given.has(name) || name === '--args');
        return startingWith(typed, namesOf(left));
    }
    if (!command) return startingWith(typed, namesOf(known.commands));
    return completePositional(command.name, positionals, { earlier, typed, later }, known);
}

/** Finds the command, its positional arguments, and the option whose value comes next. */
function findPlace(earlier: readonly string[], commands: readonly KnownCommand[]) {
    const positionals: string[] = [];
    let command: KnownCommand | undefined;
    let option: KnownCommand['options'][number] | undefined;
    for (const word of earlier) {
        if (option) option = undefined;
        else if (word.startsWith('-') && word !== '-') {
            const found = command?.options.find(({ name }) => name === word);
            option = found?.takesValue ? found : undefined;
        } else if (command) positionals.push(word);
        else command = commands.find(({ name }) => name === word) ?? { name: word, options: [] };
    }
    return { command, positionals, option };
}

async function completePositional(
    command: string,
    [subject, ...args]: readonly string[],
    { typed, later }: Position,
    known: Known
): Promise<Candidate[]> {
    const { tools, prompts, resourceTemplates } = known;
    const given = [...args, ...later];
    if (command === 'call') {
        if (subject === undefined) return startingWith(typed, namesOf(tools));
        const tool = tools.find(({ name }) => name === subject);
        return tool ? completeArgument(typed, given, tool.inputSchema, known) : [];
    }
    if (command === 'prompt' || command === 'complete') {
        if (subject !== undefined) return completePromptArgument(subject, typed, given, known);
        const templates = command === 'prompt' ? [] : resourceTemplates.map(({ uriTemplate }) => uriTemplate);
        return startingWith(typed, [...namesOf(prompts), ...templates]);
    }
    if (subject !== undefined) return [];
    if (command === 'read' || command === 'watch') return completeUri(typed, known);
    return command === 'help' ? startingWith(typed, namesOf(known.commands)) : [];
}

/** Completes `name=`, or its value if the schema lists the values. */
function completeArgument(typed: string, given: readonly string[], root: Schema, known: Known): Candidate[] {
    const [, name, isJson, value = ''] = /^([^=]*?)(:?)=(.*)$/s.exec(typed) ?? [];
    if (name === undefined) return namesLeft(typed, Object.keys(root.properties ?? {}), given);
    const before = typed.slice(0, typed.length - value.length);
    const files = completeFile(before, value, known);
    if (files.length > 0 || isJson) return files;
    const schema = schemaOf(root, name) ?? {};
    const isBoolean = typesOf(schema, root).join() === 'boolean';
    const values = isBoolean ? ['true', 'false'] : (choicesOf(schema, root) ?? []).map(toText);
    return values.filter(text => text.startsWith(value)).map(text => ({ text: before + text }));
}

/** Completes `name=`, or its value if the server completes it. */
async function completePromptArgument(
    subject: string,
    typed: string,
    given: readonly string[],
    known: Known
): Promise<Candidate[]> {
    const prompt = known.prompts.find(({ name }) => name === subject);
    const template = prompt ? undefined : known.resourceTemplates.find(each => each.uriTemplate === subject);
    if (!typed.includes('=')) {
        const names = prompt ? namesOf(prompt.arguments ?? []) : variablesOf(template?.uriTemplate ?? '');
        return namesLeft(typed, names, given);
    }
    const [name, value] = splitAtEqual(typed);
    const files = completeFile(`${name}=`, value, known);
    if (files.length > 0 || !(prompt || template)) return files;
    const ref: ValueRequest['ref'] = prompt
        ? { type: 'ref/prompt', name: subject }
        : { type: 'ref/resource', uri: subject };
    const others = Object.fromEntries(given.filter(word => word.includes('=')).map(splitAtEqual));
    const values = await known.completeValue({ ref, argument: { name, value }, others });
    return fitting(value, values).map(text => ({ text: `${name}=${text}` }));
}

function splitAtEqual(word: string): [string, string] {
    const at = word.indexOf('=');
    return [word.slice(0, at), word.slice(at + 1)];
}

function namesOf(list: readonly { name: string }[]): string[] {
    return list.map(({ name }) => name);
}

function variablesOf(template: string): string[] {
    return [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

function namesLeft(typed: string, names: readonly string[], given: readonly string[]): Candidate[] {
    const left = names.filter(name => !given.some(word => word.startsWith(`${name}=`) || word.startsWith(`${name}:=`)));
    return left.filter(name => name.startsWith(typed)).map(name => ({ text: `${name}=`, isOpen: true }));
}

/** Completes `@path`, which means the content of that file. */
function completeFile(before: string, typed: string, { findFiles }: Known): Candidate[] {
    if (!typed.startsWith('@')) return [];
    return findFiles(typed.slice(1)).map(path => ({ text: `${before}@${path}`, isOpen: path.endsWith('/') }));
}

function startingWith(typed: string, texts: readonly string[]): Candidate[] {
    return texts.filter(text => text.startsWith(typed)).map(text => ({ text }));
}
