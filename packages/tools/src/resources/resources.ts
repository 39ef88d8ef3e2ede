import { type Environment, ToolError } from '../tool.ts';
import { builtInJokes } from '../tools/built-in-jokes.ts';
import { cut, quote } from '../words.ts';
import { CLOCK_URI } from './clock.ts';

const JOKE_URI_TEMPLATE = 'joke://built-in/{number}';
const mimeType = 'text/plain';
/** MCP declares for the whole server whether clients can subscribe. This member says it of one resource. */
const SUBSCRIBABLE = 'mcp-calculator/subscribable';
/** Longest URI that an error repeats, in characters. */
const MAX_URI_LENGTH = 300;

const jokesByUri = new Map(builtInJokes.map((joke, index) => [`joke://built-in/${index + 1}`, joke]));

/** The resources for `resources/list`, including those of the template. */
export const resources = [
    {
        uri: CLOCK_URI,
        name: 'clock',
        title: 'Clock',
        description: 'The time now; changes each second while subscribed',
        mimeType
    },
    ...[...jokesByUri.keys()].map((uri, index) => ({
        uri,
        name: `joke-${index + 1}`,
        title: `Joke ${index + 1}`,
        description: 'A joke that needs no network',
        mimeType,
        _meta: { [SUBSCRIBABLE]: false }
    }))
];

/** The templates for `resources/templates/list` (RFC 6570); `number` counts from 1. */
export const resourceTemplates = [
    {
        uriTemplate: JOKE_URI_TEMPLATE,
        name: 'built-in-joke',
        title: 'Built-in joke',
        description: 'A joke that needs no network',
        mimeType
    }
];

/**
 * Reads a resource.
 *
 * @throws {ToolError} if no resource has this URI.
 */
export function readResource(uri: string, { now }: Environment) {
    const text = uri === CLOCK_URI ? now().toISOString() : jokesByUri.get(uri);
    if (text === undefined) {
        throw new ToolError(
            'unknown-resource',
            `There is no resource ${quote(uri)}; resources/list has them all`,
            // MCP 2025-11-25, Resources, Error Handling.
            { uri: cut(uri, MAX_URI_LENGTH) }
        );
    }
    return { contents: [{ uri, mimeType, text }] };
}

/**
 * The joke numbers that start with the typed text, for the only variable of the template.
 *
 * @throws {ToolError} if the template or its variable does not exist (MCP, Completion, Error Handling).
 */
export function completeTemplate(uriTemplate: string, variable: string, typed: string): string[] {
    if (uriTemplate !== JOKE_URI_TEMPLATE || variable !== 'number') {
        const wanted = `${quote(variable)} of ${quote(uriTemplate)}`;
        throw new ToolError('invalid-params', `Nothing completes ${wanted}; there is number of ${JOKE_URI_TEMPLATE}`);
    }
    return builtInJokes.map((_joke, index) => String(index + 1)).filter(number => number.startsWith(typed));
}
