import { z } from 'zod';

/** How a process of the client ended. */
export interface Outcome {
    code: number | null;
    stdout: string;
    stderr: string;
}

const failure = z.object({ error: z.object({ message: z.string() }) });

/**
 * The JSON that a command has printed.
 *
 * @throws {Error} with the client's own reason if it failed; also if it printed anything besides its answer.
 */
export function parseOutcome(outcome: Outcome): unknown {
    const { code, stdout, stderr } = outcome;
    if (code === 0 && stderr === '') return JSON.parse(stdout);
    throw new Error(code === 0 ? `said on the side: ${stderr.trim()}` : toReason(outcome));
}

/** Why a command failed, in the client's own words. */
export function toReason({ code, stderr }: Outcome): string {
    const reason = failure.safeParse(parseLine(stderr));
    return `exit ${code}: ${reason.success ? reason.data.error.message : stderr.trim()}`;
}

function parseLine(line: string): unknown {
    try {
        return JSON.parse(line);
    } catch {
        return undefined;
    }
}

const content = z.object({ text: z.string().optional() });
const called = z.object({ content: z.array(content) }).transform(result => result.content);
const read = z.object({ contents: z.array(content) }).transform(result => result.contents);
const prompted = z
    .object({ messages: z.array(z.object({ content })) })
    .transform(({ messages }) => messages.map(message => message.content));

/** All text in the result of a call, of a resource that was read or of a prompt. */
export function toText(result: unknown): string {
    const parts = z.union([called, read, prompted]).parse(result);
    return parts.flatMap(({ text }) => text ?? []).join('\n');
}

const named = z.array(z.object({ name: z.string() }));

/** The names in a list of tools or prompts. */
export function toNames(list: unknown): string[] {
    return named.parse(list).map(({ name }) => name);
}

const resources = z.object({ resources: named, resourceTemplates: named });

/** How many resources a server lists, and how many templates of those that it does not. */
export function countResources(result: unknown): { listed: number; templates: number } {
    const { resources: listed, resourceTemplates } = resources.parse(result);
    return { listed: listed.length, templates: resourceTemplates.length };
}

const info = z.object({ transport: z.enum(['http', 'sse']), protocolVersion: z.string() });

export function toInfo(result: unknown): z.output<typeof info> {
    return info.parse(result);
}
