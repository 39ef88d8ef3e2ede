import { ToolError } from './tool.ts';
import { timeZones } from './tools/time-zone.ts';
import { quote } from './words.ts';

const PROMPT = 'what-time-is-it';
const ARGUMENT = 'timezone';

/** The prompts for `prompts/list`. */
export const prompts = [
    {
        name: PROMPT,
        title: 'What time is it?',
        description: 'Asks for the time somewhere',
        arguments: [{ name: ARGUMENT, description: 'An IANA time zone, such as Europe/Paris', required: true }]
    }
];

/**
 * Returns the messages of a prompt.
 *
 * @throws {ToolError} if no prompt has this name, or its argument is missing.
 */
export function renderPrompt(name: string, args: Readonly<Record<string, string>>) {
    requirePrompt(name);
    const timezone = args[ARGUMENT];
    if (timezone === undefined) throw new ToolError('invalid-params', `${PROMPT} needs the argument ${ARGUMENT}`);
    const text =
        `What time is it in ${timezone}? Call the server_time tool with timezone ${JSON.stringify(timezone)} ` +
        'and answer in one short sentence.';
    return { messages: [{ role: 'user' as const, content: { type: 'text' as const, text } }] };
}

/**
 * Time zones with a part that starts with the typed text: both `Eur` and `par` find Europe/Paris.
 *
 * @throws {ToolError} if the prompt or its argument does not exist (MCP, Completion, Error Handling).
 */
export function completePrompt(name: string, argument: string, typed: string): string[] {
    requirePrompt(name);
    if (argument !== ARGUMENT) {
        throw new ToolError('invalid-params', `${PROMPT} has no argument ${quote(argument)}; it has ${ARGUMENT}`);
    }
    const wanted = typed.toLowerCase();
    return timeZones.filter(zone => {
        const known = zone.toLowerCase();
        return known.startsWith(wanted) || known.includes(`/${wanted}`);
    });
}

function requirePrompt(name: string): void {
    if (name === PROMPT) return;
    throw new ToolError('invalid-params', `There is no prompt ${quote(name)}; prompts/list has them all`);
}
